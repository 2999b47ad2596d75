using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A portal: a web site on which the members of a team use bots.</summary>
public sealed record PortalItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the alias, which can replace the id when @ is written before it.</summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the portal.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the blueprint that the portal belongs to.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets the slug: the part of its address that identifies the portal.</summary>
    public string? Slug { get; init; }

    /// <summary>Gets the configuration of the portal: apps, groups, users (addresses or <c>*@domain</c>), sign-in and layout.</summary>
    public JsonObject? Config { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the portal was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the portal was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
