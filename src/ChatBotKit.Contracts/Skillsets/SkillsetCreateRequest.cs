using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to create a skillset.</summary>
public sealed record SkillsetCreateRequest
{
    /// <summary>
    /// Gets the alias, which can replace the id when @ is written before it. At most 128 lower-case letters, digits, - and
    /// _; unique among your skillsets.
    /// </summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what the abilities have in common. At most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the blueprint that the skillset is part of, by id or alias.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets who besides the owner may use the skillset. Default: <see cref="Visibility.Private"/>, nobody.</summary>
    public Visibility? Visibility { get; init; }

    /// <summary>Gets whether the skillset is in use. Default: <see cref="State.Enabled"/>. Only newer servers support it.</summary>
    public State? State { get; init; }

    /// <summary>
    /// Gets the custom metadata; the server of this project takes at most 65,535 bytes of it as JSON. Keys that begin with _ are refused.
    /// </summary>
    public JsonObject? Meta { get; init; }
}
