using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to update an ability. A field that is not set keeps its value.</summary>
public sealed record AbilityUpdateRequest
{
    /// <summary>
    /// Gets the alias, which can replace the id when @ is written before it; null removes it. At most 128 characters. Only
    /// newer servers support it, and some also remove it when it is left out.
    /// </summary>
    public Optional<string> Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes. The name of the function that the model calls is derived from it.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Gets what the ability does, by which the model decides when to call it. At most 65,535 bytes.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>
    /// Gets the instruction: the name of a template, a fenced block with an action, YAML, or plain words. At most 65,535
    /// bytes.
    /// </summary>
    public Optional<string> Instruction { get; init; }

    /// <summary>Gets the secret that the ability uses; null for none.</summary>
    public Optional<string> SecretId { get; init; }

    /// <summary>Gets the file that the ability works on; null for none.</summary>
    public Optional<string> FileId { get; init; }

    /// <summary>Gets the bot that the ability works on; null for none. It does not limit who may use the ability.</summary>
    public Optional<string> BotId { get; init; }

    /// <summary>Gets the space that the ability works on; null for none.</summary>
    public Optional<string> SpaceId { get; init; }

    /// <summary>Gets the blueprint that the ability is part of; null removes it from the blueprint.</summary>
    public Optional<string> BlueprintId { get; init; }

    /// <summary>Gets whether the ability is in use. Only newer servers support it.</summary>
    public Optional<State> State { get; init; }

    /// <summary>
    /// Gets the custom metadata, which replaces the stored metadata. An object <c>$update</c> in it is merged with the
    /// stored metadata instead. The server of this project takes at most 65,535 bytes of it
    /// as JSON; keys that begin with _ are refused. The hosted
    /// service deletes the stored metadata when this field is left out, so send it with every update.
    /// </summary>
    public Optional<JsonObject> Meta { get; init; }
}
