using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to add a record to a dataset.</summary>
public sealed record RecordCreateRequest
{
    /// <summary>Gets the text, not blank; what goes beyond 65,535 bytes is cut off.</summary>
    public required string Text { get; init; }

    /// <summary>Gets where the text comes from, mostly an address; at most 768 bytes.</summary>
    public string? Source { get; init; }

    /// <summary>Gets the custom metadata, by which a search can be narrowed down; nested values may be flattened.</summary>
    public JsonObject? Meta { get; init; }
}
