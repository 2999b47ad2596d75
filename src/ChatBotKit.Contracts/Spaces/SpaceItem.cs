using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A stored space: files in folders, which bots and people work on.</summary>
public sealed record SpaceItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the alias, which can replace the id when @ is written before it.</summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the space.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the contact that the space belongs to.</summary>
    public string? ContactId { get; init; }

    /// <summary>Gets the blueprint that the space is part of.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the space was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the space was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
