using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A row of an import of records into a dataset.</summary>
public sealed record RecordImportRow
{
    /// <summary>Gets the text, which must not be blank; at most 65,535 bytes.</summary>
    public required string Text { get; init; }

    /// <summary>
    /// Gets the id by which the row is recognized when it is imported again, in any form, at most 768 bytes. Default: the text and the
    /// source identify the row.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    /// <summary>Gets the source of the text, usually an address; at most 768 bytes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Source { get; init; }

    /// <summary>Gets the custom metadata, by which a search can be filtered; at most 65,535 bytes as JSON.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? Meta { get; init; }
}
