using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>Creates a skillset.</summary>
public sealed record SkillsetCreateRequest
{
    /// <summary>
    /// Gets a name that can be used instead of the id, with @ in front. Lower-case letters, digits, - and _; at most 128, and
    /// unique among your skillsets.
    /// </summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what the abilities have in common, at most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the blueprint that the skillset is part of, by id or alias.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets who besides the owner may use the skillset. Default: <see cref="Visibility.Private"/>, nobody.</summary>
    public Visibility? Visibility { get; init; }

    /// <summary>Gets whether the skillset is in use. Default: <see cref="State.Enabled"/>. Only newer servers know it.</summary>
    public State? State { get; init; }

    /// <summary>Gets free data, as large as a request may be; keys that begin with _ are refused.</summary>
    public JsonObject? Meta { get; init; }
}
