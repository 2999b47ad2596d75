using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>Changes a context. A field that is not set stays as it is.</summary>
public sealed record PartnerUserContextUpdateRequest
{
    /// <summary>Gets the name, at most 191 bytes.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Gets what the context is about. At most 65,535 bytes.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>
    /// Gets free data that replaces the old, as large as a request may be; an object <c>$update</c> in it is merged instead;
    /// keys that begin with _ are refused.
    /// </summary>
    public Optional<JsonObject> Meta { get; init; }

    /// <summary>Gets the data of the context; it replaces the old as a whole.</summary>
    public Optional<JsonObject> Payload { get; init; }
}
