namespace ChatBotKit;

/// <summary>A request to update an integration that fills a dataset from a web site. A field that is not set keeps its value.</summary>
public sealed record IntegrationSitemapUpdateRequest : IntegrationUpdateRequest
{
    /// <summary>Gets the dataset that receives the records, by id or alias. Without one, nothing can be synchronized.</summary>
    public Optional<string> DatasetId { get; init; }

    /// <summary>Gets the address of the site or of its site map.</summary>
    public Optional<string> Url { get; init; }

    /// <summary>Gets the pages to read, one pattern per line. ! before a pattern excludes its pages.</summary>
    public Optional<string> Glob { get; init; }

    /// <summary>Gets the parts of a page to read, as CSS selectors.</summary>
    public Optional<string> Selectors { get; init; }

    /// <summary>Gets whether pages are opened in a browser, so that content written by scripts is read too.</summary>
    public Optional<bool> Javascript { get; init; }

    /// <summary>Gets how often the dataset is synchronized automatically, such as <c>daily</c>.</summary>
    public Optional<string> SyncSchedule { get; init; }

    /// <summary>Gets the lifetime of a record in milliseconds; null keeps it without a limit.</summary>
    public Optional<long> ExpiresIn { get; init; }
}
