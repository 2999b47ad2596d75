using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to update a record. A field that is not set keeps its value; null may count as not set.</summary>
public sealed record RecordUpdateRequest
{
    /// <summary>Gets the text, not blank; what goes beyond 65,535 bytes is cut off.</summary>
    public Optional<string> Text { get; init; }

    /// <summary>Gets where the text comes from, at most 768 bytes.</summary>
    public Optional<string> Source { get; init; }

    /// <summary>Gets the custom metadata, which replaces the stored metadata. Limited only by the size of a request.</summary>
    public Optional<JsonObject> Meta { get; init; }
}
