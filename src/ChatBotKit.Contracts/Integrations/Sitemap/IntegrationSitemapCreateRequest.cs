namespace ChatBotKit;

/// <summary>A request to create an integration that fills a dataset from a web site.</summary>
public sealed record IntegrationSitemapCreateRequest : IntegrationCreateRequest
{
    /// <summary>Gets the dataset that receives the records, by id or alias; without one nothing can be synchronised.</summary>
    public string? DatasetId { get; init; }

    /// <summary>Gets the address of the site or of its site map.</summary>
    public string? Url { get; init; }

    /// <summary>Gets which pages are read, one pattern per line; ! before a pattern excludes its pages.</summary>
    public string? Glob { get; init; }

    /// <summary>Gets which parts of a page are read, as CSS selectors.</summary>
    public string? Selectors { get; init; }

    /// <summary>Gets whether pages are opened in a browser, so that what scripts write is read too. Default: no.</summary>
    public bool? Javascript { get; init; }

    /// <summary>Gets how often the dataset is brought up to date by itself, such as daily.</summary>
    public string? SyncSchedule { get; init; }

    /// <summary>Gets after how many milliseconds a record expires; null keeps it.</summary>
    public long? ExpiresIn { get; init; }
}
