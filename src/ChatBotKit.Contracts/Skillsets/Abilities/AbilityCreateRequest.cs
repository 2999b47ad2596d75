using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to add an ability to a skillset.</summary>
public sealed record AbilityCreateRequest
{
    /// <summary>
    /// Gets the alias, which can replace the id when @ is written before it. At most 128 lower-case letters, digits, - and
    /// _. Only newer servers support it.
    /// </summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes. The name of the function that the model calls is derived from it.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what the ability does, by which the model decides when to call it. At most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// Gets the instruction: the name of a template, a fenced block with an action, YAML, or plain words, which a model
    /// turns into an instruction when the ability is stored. At most 65,535 bytes.
    /// </summary>
    public string? Instruction { get; init; }

    /// <summary>Gets the secret that the ability uses, by id or alias.</summary>
    public string? SecretId { get; init; }

    /// <summary>Gets the file that the ability works on, by id or alias.</summary>
    public string? FileId { get; init; }

    /// <summary>Gets the bot that the ability works on, by id or alias. It does not limit who may use the ability.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets the space that the ability works on, by id or alias.</summary>
    public string? SpaceId { get; init; }

    /// <summary>Gets the blueprint that the ability is part of, by id or alias.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets whether the ability is in use. Default: <see cref="State.Enabled"/>. Only newer servers support it.</summary>
    public State? State { get; init; }

    /// <summary>
    /// Gets the custom metadata; the server of this project takes at most 65,535 bytes of it as JSON. Keys that begin with _ are refused.
    /// </summary>
    public JsonObject? Meta { get; init; }
}
