using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>An API token of a user. The token itself is returned only when it is created.</summary>
public sealed record PartnerUserTokenItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the token.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the token was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the token was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
