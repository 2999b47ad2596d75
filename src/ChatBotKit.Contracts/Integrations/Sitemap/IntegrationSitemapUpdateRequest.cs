namespace ChatBotKit;

/// <summary>A request to update an integration that fills a dataset from a web site. A field that is not set keeps its value.</summary>
public sealed record IntegrationSitemapUpdateRequest : IntegrationUpdateRequest
{
    /// <summary>Gets the dataset that receives the records, by id or alias; without one nothing can be synchronised.</summary>
    public Optional<string> DatasetId { get; init; }

    /// <summary>Gets the address of the site or of its site map.</summary>
    public Optional<string> Url { get; init; }

    /// <summary>Gets which pages are read, one pattern per line; ! before a pattern excludes its pages.</summary>
    public Optional<string> Glob { get; init; }

    /// <summary>Gets which parts of a page are read, as CSS selectors.</summary>
    public Optional<string> Selectors { get; init; }

    /// <summary>Gets whether pages are opened in a browser, so that what scripts write is read too.</summary>
    public Optional<bool> Javascript { get; init; }

    /// <summary>Gets how often the dataset is brought up to date by itself, such as daily.</summary>
    public Optional<string> SyncSchedule { get; init; }

    /// <summary>Gets after how many milliseconds a record expires; null keeps it.</summary>
    public Optional<long> ExpiresIn { get; init; }
}
