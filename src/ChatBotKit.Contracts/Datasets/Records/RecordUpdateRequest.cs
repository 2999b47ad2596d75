using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to update a record. A field that is not set keeps its value; null may count as not set.</summary>
public sealed record RecordUpdateRequest
{
    /// <summary>Gets the text, which must not be blank. A text longer than 65,535 bytes is truncated.</summary>
    public Optional<string> Text { get; init; }

    /// <summary>Gets the source of the text, at most 768 bytes.</summary>
    public Optional<string> Source { get; init; }

    /// <summary>Gets the custom metadata, which replaces the stored metadata. The server of this project takes at most 65,535 bytes of it as JSON.</summary>
    public Optional<JsonObject> Meta { get; init; }
}
