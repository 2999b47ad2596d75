namespace ChatBotKit;

/// <summary>A request to create an integration that fills a dataset from a web site.</summary>
public sealed record IntegrationSitemapCreateRequest : IntegrationCreateRequest
{
    /// <summary>Gets the dataset that receives the records, by id or alias. Without one, nothing can be synchronized.</summary>
    public string? DatasetId { get; init; }

    /// <summary>Gets the address of the site or of its site map.</summary>
    public string? Url { get; init; }

    /// <summary>Gets the pages to read, one pattern per line. ! before a pattern excludes its pages.</summary>
    public string? Glob { get; init; }

    /// <summary>Gets the parts of a page to read, as CSS selectors.</summary>
    public string? Selectors { get; init; }

    /// <summary>Gets whether pages are opened in a browser, so that content written by scripts is read too. Default: no.</summary>
    public bool? Javascript { get; init; }

    /// <summary>Gets how often the dataset is synchronized automatically, such as <c>daily</c>.</summary>
    public string? SyncSchedule { get; init; }

    /// <summary>Gets the lifetime of a record in milliseconds; null keeps it without a limit.</summary>
    public long? ExpiresIn { get; init; }
}
