namespace ChatBotKit.Server.Data.Rows;

/// <summary>A record of a dataset.</summary>
internal sealed record RecordRow
{
    public required string DatasetId { get; init; }

    /// <summary>The id, which is unique within the dataset.</summary>
    public required string Id { get; init; }

    /// <summary>The number of the last change of the record. The store sets it.</summary>
    public long Change { get; init; }

    /// <summary>The text; null for a deleted record, whose row remains for a while so that a search index can read the deletion.</summary>
    public string? Text { get; init; }

    public string? Source { get; init; }

    /// <summary>The free-form data, as JSON text.</summary>
    public string? Meta { get; init; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; init; }

    /// <summary>The number of characters, by which pages are limited.</summary>
    public int Characters => (Text?.Length ?? 0) + (Source?.Length ?? 0) + (Meta?.Length ?? 0);
}
