using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>Creates a space.</summary>
public sealed record SpaceCreateRequest
{
    /// <summary>
    /// Gets a name that can be used instead of the id, with @ in front. Lower-case letters, digits, - and _; at most 128, and
    /// unique among your spaces.
    /// </summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what the space is for, at most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the contact that the space belongs to.</summary>
    public string? ContactId { get; init; }

    /// <summary>Gets the blueprint that the space is part of, by id or alias.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets free data, as large as a request may be; keys that begin with _ are refused.</summary>
    public JsonObject? Meta { get; init; }
}
