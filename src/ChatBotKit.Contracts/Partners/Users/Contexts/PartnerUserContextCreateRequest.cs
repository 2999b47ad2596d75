using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to create a context.</summary>
public sealed record PartnerUserContextCreateRequest
{
    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the context. At most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// Gets the custom metadata; the server of this project takes at most 65,535 bytes of it as JSON. Keys that begin with _ are refused.
    /// </summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets the data of the context.</summary>
    public JsonObject? Payload { get; init; }
}
