using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to create a portal.</summary>
public sealed record PortalCreateRequest
{
    /// <summary>
    /// Gets the alias, which can replace the id when @ is written before it. At most 128 lower-case letters, digits, - and
    /// _; unique among your portals.
    /// </summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what the portal is for. At most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the custom metadata, limited only by the size of a request. Keys that begin with _ are refused.</summary>
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
