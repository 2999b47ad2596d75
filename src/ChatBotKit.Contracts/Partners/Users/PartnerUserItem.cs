using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A user of a partner. A user has an account of its own, whose parent is the account of the partner.</summary>
public sealed record PartnerUserItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the user.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>Gets the address of a picture of the user.</summary>
    public string? Image { get; init; }

    /// <summary>Gets the usage and storage limits of the user; null for the limits of the partner's plan.</summary>
    public PartnerUserLimits? Limits { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the user was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the user was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
