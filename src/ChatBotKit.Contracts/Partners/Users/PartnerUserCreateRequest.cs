using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>Creates a user.</summary>
public sealed record PartnerUserCreateRequest
{
    /// <summary>
    /// Gets a name that can be used instead of the id, with @ in front. Lower-case letters, digits, - and _; at most 128, and
    /// unique among your users.
    /// </summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what the user is for. At most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>Gets free data, as large as a request may be; keys that begin with _ are refused.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets the address of a picture of the user.</summary>
    public string? Image { get; init; }

    /// <summary>Gets the e-mail address, by which calls can name the user too.</summary>
    public string? Email { get; init; }

    /// <summary>Gets the most that the user may use and store; null for what the plan of the partner allows.</summary>
    public PartnerUserLimits? Limits { get; init; }
}
