using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to update a bot. A field that is not set keeps its value.</summary>
public sealed record BotUpdateRequest
{
    /// <summary>
    /// Gets the alias, which can replace the id when @ is written before it; null removes it. At most 128 characters. The
    /// hosted service also removes it when it is left out, so send it with every update.
    /// </summary>
    public Optional<string> Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Gets the description of the bot, at most 65,535 bytes.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>Gets the instructions for the model: who the bot is and how it behaves. At most 16,777,215 bytes.</summary>
    public Optional<string> Backstory { get; init; }

    /// <summary>Gets the model, optionally with settings: <c>name/temperature=0.2</c>. At most 512 bytes.</summary>
    public Optional<string> Model { get; init; }

    /// <summary>Gets the dataset that the model may search; null for none.</summary>
    public Optional<string> DatasetId { get; init; }

    /// <summary>Gets the skillset whose abilities the model may use; null for none.</summary>
    public Optional<string> SkillsetId { get; init; }

    /// <summary>Gets whether personal data is hidden from the model.</summary>
    public Optional<bool> Privacy { get; init; }

    /// <summary>Gets whether messages are checked for abuse.</summary>
    public Optional<bool> Moderation { get; init; }

    /// <summary>Gets the blueprint that the bot is part of; null removes it from the blueprint.</summary>
    public Optional<string> BlueprintId { get; init; }

    /// <summary>Gets who besides the owner may use the bot.</summary>
    public Optional<Visibility> Visibility { get; init; }

    /// <summary>
    /// Gets the custom metadata, which replaces the stored metadata. An object <c>$update</c> in it is merged with the
    /// stored metadata instead. The server of this project takes at most 65,535 bytes of it
    /// as JSON; keys that begin with _ are refused.
    /// </summary>
    public Optional<JsonObject> Meta { get; init; }
}
