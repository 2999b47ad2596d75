using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to update an API token of a user, but not the token itself. A field that is not set keeps its value.</summary>
public sealed record PartnerUserTokenUpdateRequest
{
    /// <summary>Gets the name, at most 191 bytes.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Gets the description of the token. At most 65,535 bytes.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>
    /// Gets the restrictions of the token, such as <c>allowedRoutes</c>, the only routes that may be called, and
    /// <c>contactId</c>, the contact on whose behalf the calls are made.
    /// </summary>
    public Optional<JsonObject> Config { get; init; }

    /// <summary>
    /// Gets the custom metadata, which replaces the stored metadata. An object <c>$update</c> in it is merged with the
    /// stored metadata instead. The server of this project takes at most 65,535 bytes of it
    /// as JSON; keys that begin with _ are refused.
    /// </summary>
    public Optional<JsonObject> Meta { get; init; }
}
