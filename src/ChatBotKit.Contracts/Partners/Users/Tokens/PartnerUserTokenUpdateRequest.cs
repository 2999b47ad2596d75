using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>Changes an API token of a user, but not the token itself. A field that is not set stays as it is.</summary>
public sealed record PartnerUserTokenUpdateRequest
{
    /// <summary>Gets the name, at most 191 bytes.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Gets what the token is for. At most 65,535 bytes.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>
    /// Gets what the token is good for, such as <c>allowedRoutes</c>, the only routes that may be called, and
    /// <c>contactId</c>, the contact in whose name the calls are made.
    /// </summary>
    public Optional<JsonObject> Config { get; init; }

    /// <summary>
    /// Gets free data that replaces the old, as large as a request may be; an object <c>$update</c> in it is merged instead;
    /// keys that begin with _ are refused.
    /// </summary>
    public Optional<JsonObject> Meta { get; init; }
}
