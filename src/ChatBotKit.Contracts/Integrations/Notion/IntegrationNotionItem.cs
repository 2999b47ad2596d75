using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>An integration that fills a dataset from Notion.</summary>
public sealed record IntegrationNotionItem : IntegrationItem
{
    /// <summary>Gets the dataset that receives the records; null for none.</summary>
    public required string? DatasetId { get; init; }

    /// <summary>Gets ******** when a token is stored, else null.</summary>
    public string? Token { get; init; }

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
