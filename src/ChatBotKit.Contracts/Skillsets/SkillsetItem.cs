using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A stored skillset: abilities that a model can use.</summary>
public sealed record SkillsetItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the alias, which can replace the id when @ is written before it.</summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what the abilities have in common.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the blueprint that the skillset is part of.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets who besides the owner may use the skillset.</summary>
    public Visibility? Visibility { get; init; }

    /// <summary>Gets whether the skillset is in use; null when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public State? State { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the skillset was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the skillset was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
