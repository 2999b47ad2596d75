using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>An integration that fills a dataset from a web site.</summary>
public sealed record IntegrationSitemapItem : IntegrationItem
{
    /// <summary>Gets the dataset that receives the records; null for none.</summary>
    public required string? DatasetId { get; init; }

    /// <summary>Gets the address of the site or of its site map.</summary>
    public string? Url { get; init; }

    /// <summary>Gets the pages to read, one pattern per line. ! before a pattern excludes its pages.</summary>
    public string? Glob { get; init; }

    /// <summary>Gets the parts of a page to read, as CSS selectors.</summary>
    public string? Selectors { get; init; }

    /// <summary>Gets whether pages are opened in a browser, so that content written by scripts is read too.</summary>
    public bool? Javascript { get; init; }

    /// <summary>Gets how often the dataset is synchronized automatically, such as <c>daily</c>.</summary>
    public string? SyncSchedule { get; init; }

    /// <summary>Gets the lifetime of a record in milliseconds; null when it is kept without a limit.</summary>
    public long? ExpiresIn { get; init; }

    /// <summary>Gets the result of the last synchronization.</summary>
    public IntegrationSyncStatus? SyncStatus { get; init; }

    /// <summary>Gets when the last successful synchronization ended; null before the first one.</summary>
    [JsonConverter(typeof(IsoTimeConverter))]
    public DateTimeOffset? LastSyncedAt { get; init; }
}
