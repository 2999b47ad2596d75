namespace ChatBotKit;

/// <summary>A request to create an integration that fills a dataset from Notion.</summary>
public sealed record IntegrationNotionCreateRequest : IntegrationCreateRequest
{
    /// <summary>Gets the dataset that receives the records, by id or alias; without one nothing can be synchronised.</summary>
    public string? DatasetId { get; init; }

    /// <summary>Gets the API token of the Notion integration.</summary>
    public string? Token { get; init; }

    /// <summary>Gets how often the dataset is brought up to date by itself, such as daily.</summary>
    public string? SyncSchedule { get; init; }

    /// <summary>Gets after how many milliseconds a record expires; null keeps it.</summary>
    public long? ExpiresIn { get; init; }
}
