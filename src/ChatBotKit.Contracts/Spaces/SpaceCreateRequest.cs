using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to create a space.</summary>
public sealed record SpaceCreateRequest
{
    /// <summary>
    /// Gets the alias, which can replace the id when @ is written before it. At most 128 lower-case letters, digits, - and
    /// _; unique among your spaces.
    /// </summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the space, at most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the contact that the space belongs to.</summary>
    public string? ContactId { get; init; }

    /// <summary>Gets the blueprint that the space is part of, by id or alias.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>
    /// Gets the custom metadata; the server of this project takes at most 65,535 bytes of it as JSON. Keys that begin with _ are refused.
    /// </summary>
    public JsonObject? Meta { get; init; }
}
