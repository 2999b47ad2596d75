using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to add a record to a dataset.</summary>
public sealed record RecordCreateRequest
{
    /// <summary>Gets the text, which must not be blank. A text longer than 65,535 bytes is truncated.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the source of the text, usually an address; at most 768 bytes.</summary>
    public string? Source { get; init; }

    /// <summary>Gets the custom metadata, by which a search can be filtered. Nested values may be flattened.</summary>
    public JsonObject? Meta { get; init; }
}
