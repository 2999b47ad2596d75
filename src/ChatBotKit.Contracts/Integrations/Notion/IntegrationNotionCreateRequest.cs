namespace ChatBotKit;

/// <summary>A request to create an integration that fills a dataset from Notion.</summary>
public sealed record IntegrationNotionCreateRequest : IntegrationCreateRequest
{
    /// <summary>Gets the dataset that receives the records, by id or alias. Without one, nothing can be synchronized.</summary>
    public string? DatasetId { get; init; }

    /// <summary>Gets the API token of the Notion integration.</summary>
    public string? Token { get; init; }

    /// <summary>Gets how often the dataset is synchronized automatically, such as <c>daily</c>.</summary>
    public string? SyncSchedule { get; init; }

    /// <summary>Gets the lifetime of a record in milliseconds; null keeps it without a limit.</summary>
    public long? ExpiresIn { get; init; }
}
