using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A stored space: files in folders, which bots and people work on.</summary>
public sealed record SpaceItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name that can be used instead of the id, with @ in front.</summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what the space is for.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the contact that the space belongs to.</summary>
    public string? ContactId { get; init; }

    /// <summary>Gets the blueprint that the space is part of.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets free data.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the space was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the space was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
