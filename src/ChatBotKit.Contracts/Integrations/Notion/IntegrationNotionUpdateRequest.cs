namespace ChatBotKit;

/// <summary>A request to update an integration that fills a dataset from Notion. A field that is not set keeps its value.</summary>
public sealed record IntegrationNotionUpdateRequest : IntegrationUpdateRequest
{
    /// <summary>Gets the dataset that receives the records, by id or alias; without one nothing can be synchronised.</summary>
    public Optional<string> DatasetId { get; init; }

    /// <summary>Gets the API token of the Notion integration. ******** keeps what is stored, null clears it.</summary>
    public Optional<string> Token { get; init; }

    /// <summary>Gets how often the dataset is brought up to date by itself, such as daily.</summary>
    public Optional<string> SyncSchedule { get; init; }

    /// <summary>Gets after how many milliseconds a record expires; null keeps it.</summary>
    public Optional<long> ExpiresIn { get; init; }
}
