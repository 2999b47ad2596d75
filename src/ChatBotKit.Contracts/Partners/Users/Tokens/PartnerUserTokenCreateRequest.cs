using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to create an API token for a user.</summary>
public sealed record PartnerUserTokenCreateRequest
{
    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the token. At most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// Gets the restrictions of the token, such as <c>allowedRoutes</c>, the only routes that may be called, and
    /// <c>contactId</c>, the contact on whose behalf the calls are made.
    /// </summary>
    public JsonObject? Config { get; init; }

    /// <summary>
    /// Gets the custom metadata; the server of this project takes at most 65,535 bytes of it as JSON. Keys that begin with _ are refused.
    /// </summary>
    public JsonObject? Meta { get; init; }
}
