namespace ChatBotKit.Server.Data.Rows;

/// <summary>A record of an import of a file that is not complete. No list and no search has it.</summary>
internal sealed record StagedRecordRow
{
    public required string DatasetId { get; init; }

    public required string FileId { get; init; }

    /// <summary>The id of the attempt that stored the row.</summary>
    public required string Import { get; init; }

    /// <summary>The id of the record.</summary>
    public required string Id { get; init; }

    /// <summary>The free-form data, as JSON text.</summary>
    public string? Meta { get; init; }

    public required string Text { get; init; }
}
