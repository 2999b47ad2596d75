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

    /// <summary>Gets the description of the portal. At most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// Gets the custom metadata; the server of this project takes at most 65,535 bytes of it as JSON. Keys that begin with _ are refused.
    /// </summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets the blueprint that the portal belongs to, by id or alias.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>
    /// Gets the slug: the part of its address that identifies the portal. It must be unique, and a server may require it.
    /// </summary>
    public string? Slug { get; init; }

    /// <summary>Gets the configuration of the portal: apps, groups, users (addresses or <c>*@domain</c>), sign-in and layout.</summary>
    public JsonObject? Config { get; init; }
}
