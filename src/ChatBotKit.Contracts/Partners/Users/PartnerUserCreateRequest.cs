using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to create a user.</summary>
public sealed record PartnerUserCreateRequest
{
    /// <summary>
    /// Gets the alias, which can replace the id when @ is written before it. At most 128 lower-case letters, digits, - and
    /// _; unique among your users.
    /// </summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the user. At most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// Gets the custom metadata; the server of this project takes at most 65,535 bytes of it as JSON. Keys that begin with _ are refused.
    /// </summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets the address of a picture of the user.</summary>
    public string? Image { get; init; }

    /// <summary>Gets the e-mail address, which can also identify the user in calls.</summary>
    public string? Email { get; init; }

    /// <summary>Gets the usage and storage limits of the user; null for the limits of the partner's plan.</summary>
    public PartnerUserLimits? Limits { get; init; }
}
