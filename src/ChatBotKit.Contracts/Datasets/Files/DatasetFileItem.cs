namespace ChatBotKit;

/// <summary>Represents a file that is attached to a dataset, and its import.</summary>
public sealed record DatasetFileItem : ApiObject
{
    /// <summary>Gets the id of the file.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the role of the file in the dataset.</summary>
    public required DatasetFileType Type { get; init; }

    /// <summary>Gets the state of the import.</summary>
    public required DatasetFileState State { get; init; }

    /// <summary>Gets why the last import failed; null when it did not.</summary>
    public string? Error { get; init; }

    /// <summary>Gets the number of records of the last complete import.</summary>
    public required long Records { get; init; }

    /// <summary>Gets the time of the last complete import; null when there was none.</summary>
    public DateTimeOffset? ImportedAt { get; init; }

    /// <summary>Gets the time at which the file was attached.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
