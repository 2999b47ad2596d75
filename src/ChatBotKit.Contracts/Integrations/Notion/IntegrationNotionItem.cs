using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>An integration that fills a dataset from Notion.</summary>
public sealed record IntegrationNotionItem : IntegrationItem
{
    /// <summary>Gets the dataset that receives the records; null for none.</summary>
    public required string? DatasetId { get; init; }

    /// <summary>Gets ******** when a token is stored, otherwise null.</summary>
    public string? Token { get; init; }

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
