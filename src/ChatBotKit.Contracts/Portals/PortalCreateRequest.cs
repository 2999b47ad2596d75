using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>Creates a portal.</summary>
public sealed record PortalCreateRequest
{
    /// <summary>
    /// Gets a name that can be used instead of the id, with @ in front. Lower-case letters, digits, - and _; at most 128, and
    /// unique among your portals.
    /// </summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what the portal is for. At most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>Gets free data, as large as a request may be; keys that begin with _ are refused.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets the blueprint that the portal belongs to, by id or alias.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>
    /// Gets the part of its address that names the portal. No two portals may have the same, and servers may insist on
    /// one.
    /// </summary>
    public string? Slug { get; init; }

    /// <summary>
    /// Gets how the portal looks and what it offers: apps, groups, users (addresses or <c>*@domain</c>), sign-in and
    /// layout.
    /// </summary>
    public JsonObject? Config { get; init; }
}
