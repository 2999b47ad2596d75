using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>Changes a record. A field that is not set stays as it is; null may count as not set.</summary>
public sealed record RecordUpdateRequest
{
    /// <summary>Gets the text, not blank; what goes beyond 65,535 bytes is cut off.</summary>
    public Optional<string> Text { get; init; }

    /// <summary>Gets where the text comes from, at most 768 bytes.</summary>
    public Optional<string> Source { get; init; }

    /// <summary>Gets free data that replaces the old, as large as a request may be.</summary>
    public Optional<JsonObject> Meta { get; init; }
}
