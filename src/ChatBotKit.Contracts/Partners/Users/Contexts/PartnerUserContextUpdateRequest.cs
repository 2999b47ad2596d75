using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to update a context. A field that is not set keeps its value.</summary>
public sealed record PartnerUserContextUpdateRequest
{
    /// <summary>Gets the name, at most 191 bytes.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Gets the description of the context. At most 65,535 bytes.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>
    /// Gets the custom metadata, which replaces the stored metadata. An object <c>$update</c> in it is merged with the
    /// stored metadata instead. The server of this project takes at most 65,535 bytes of it
    /// as JSON; keys that begin with _ are refused.
    /// </summary>
    public Optional<JsonObject> Meta { get; init; }

    /// <summary>Gets the data of the context. It replaces the stored data as a whole.</summary>
    public Optional<JsonObject> Payload { get; init; }
}
