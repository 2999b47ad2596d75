namespace ChatBotKit;

/// <summary>A request to update an integration that fills a dataset from Notion. A field that is not set keeps its value.</summary>
public sealed record IntegrationNotionUpdateRequest : IntegrationUpdateRequest
{
    /// <summary>Gets the dataset that receives the records, by id or alias. Without one, nothing can be synchronized.</summary>
    public Optional<string> DatasetId { get; init; }

    /// <summary>Gets the API token of the Notion integration. ******** keeps the stored one, null clears it.</summary>
    public Optional<string> Token { get; init; }

    /// <summary>Gets how often the dataset is synchronized automatically, such as <c>daily</c>.</summary>
    public Optional<string> SyncSchedule { get; init; }

    /// <summary>Gets the lifetime of a record in milliseconds; null keeps it without a limit.</summary>
    public Optional<long> ExpiresIn { get; init; }
}
