using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>An integration that fills a dataset from a web site.</summary>
public sealed record IntegrationSitemapItem : IntegrationItem
{
    /// <summary>Gets the dataset that receives the records; null for none.</summary>
    public required string? DatasetId { get; init; }

    /// <summary>Gets the address of the site or of its site map.</summary>
    public string? Url { get; init; }

    /// <summary>Gets which pages are read, one pattern a line; ! before a pattern leaves its pages out.</summary>
    public string? Glob { get; init; }

    /// <summary>Gets which parts of a page are read, as CSS selectors.</summary>
    public string? Selectors { get; init; }

    /// <summary>Gets whether pages are opened in a browser, so that what scripts write is read too.</summary>
    public bool? Javascript { get; init; }

    /// <summary>Gets how often the dataset is brought up to date by itself, such as daily.</summary>
    public string? SyncSchedule { get; init; }

    /// <summary>Gets after how many milliseconds a record expires; null when it stays.</summary>
    public long? ExpiresIn { get; init; }

    /// <summary>Gets how the last synchronisation went.</summary>
    public IntegrationSyncStatus? SyncStatus { get; init; }

    /// <summary>Gets when the last good synchronisation ended; null before the first one.</summary>
    [JsonConverter(typeof(IsoTimeConverter))]
    public DateTimeOffset? LastSyncedAt { get; init; }
}
