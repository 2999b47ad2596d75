using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A kind of action that the instruction of an ability can contain.</summary>
public sealed record PlatformActionItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what the action does.</summary>
    public required string Description { get; init; }

    /// <summary>Gets examples of instructions that use the action.</summary>
    public required IReadOnlyList<string> Examples { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the entry was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the entry was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
