namespace ChatBotKit.Server.Data.Rows;

/// <summary>A file that is attached to a dataset.</summary>
internal sealed record DatasetFileRow
{
    public required string DatasetId { get; init; }

    public required string FileId { get; init; }

    public required string Type { get; init; }

    public required long CreatedAt { get; init; }

    /// <summary>How far the import of the file is.</summary>
    public required string State { get; init; }

    /// <summary>Why the last import failed; null when it did not.</summary>
    public string? Error { get; init; }

    /// <summary>The number of records of the last complete import.</summary>
    public long Records { get; init; }

    /// <summary>The time of the last complete import; null when there was none.</summary>
    public long? ImportedAt { get; init; }
}
