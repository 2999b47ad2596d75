using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A stored ability: an action that a model can call.</summary>
public sealed record AbilityItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the alias, which can replace the id when @ is written before it; null when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Alias { get; init; }

    /// <summary>Gets the name. The name of the function that the model calls is derived from it.</summary>
    public required string Name { get; init; }

    /// <summary>Gets what the ability does, by which the model decides when to call it.</summary>
    public required string Description { get; init; }

    /// <summary>Gets the instruction: the name of a template, a fenced block with an action, YAML, or plain words.</summary>
    public required string Instruction { get; init; }

    /// <summary>Gets the secret that the ability uses.</summary>
    public string? SecretId { get; init; }

    /// <summary>Gets the file that the ability works on.</summary>
    public string? FileId { get; init; }

    /// <summary>Gets the bot that the ability works on. It does not limit who may use the ability.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets the space that the ability works on.</summary>
    public string? SpaceId { get; init; }

    /// <summary>Gets the skillset that the ability belongs to; null when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SkillsetId { get; init; }

    /// <summary>Gets the name that newer servers use for <see cref="SecretId"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LinkedSecretId { get; init; }

    /// <summary>Gets the name that newer servers use for <see cref="FileId"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LinkedFileId { get; init; }

    /// <summary>Gets the name that newer servers use for <see cref="BotId"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LinkedBotId { get; init; }

    /// <summary>Gets the name that newer servers use for <see cref="SpaceId"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LinkedSpaceId { get; init; }

    /// <summary>Gets the blueprint that the ability is part of.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets whether the ability is in use; null when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public State? State { get; init; }

    /// <summary>Gets the custom metadata. Remove the key <c>_instruction</c> before you send it back.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the ability was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the ability was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
