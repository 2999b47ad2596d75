using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>The progress of an import. Which properties are set depends on the type.</summary>
public sealed record RecordImportEvent : ApiObject
{
    /// <summary>Gets the type.</summary>
    public required RecordImportEventType Type { get; init; }

    /// <summary>Gets the line of the row that could not be imported, from 1 on; null in other events.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Line { get; init; }

    /// <summary>Gets why the row could not be imported; null in other events.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; }

    /// <summary>Gets the number of rows that are stored up to now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Imported { get; init; }

    /// <summary>Gets the number of records that are new or different up to now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Changed { get; init; }

    /// <summary>Gets the number of rows that could not be imported; only in the last event.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Failed { get; init; }
}
