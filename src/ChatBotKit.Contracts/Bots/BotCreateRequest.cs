using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to create a bot.</summary>
public sealed record BotCreateRequest
{
    /// <summary>
    /// Gets the alias, which can replace the id when @ is written before it. At most 128 lower-case letters, digits, - and
    /// _; unique among your bots.
    /// </summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the bot, at most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the instructions for the model: who the bot is and how it behaves. At most 16,777,215 bytes.</summary>
    public string? Backstory { get; init; }

    /// <summary>
    /// Gets the model, optionally with settings: <c>name/temperature=0.2</c>. At most 512 bytes. Default: the server's.
    /// </summary>
    public string? Model { get; init; }

    /// <summary>Gets the dataset that the model may search, by id or alias.</summary>
    public string? DatasetId { get; init; }

    /// <summary>Gets the skillset whose abilities the model may use, by id or alias.</summary>
    public string? SkillsetId { get; init; }

    /// <summary>Gets whether personal data is hidden from the model. Default: no.</summary>
    public bool? Privacy { get; init; }

    /// <summary>Gets whether messages are checked for abuse. Default: no.</summary>
    public bool? Moderation { get; init; }

    /// <summary>Gets the blueprint that the bot is part of, by id or alias.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets who besides the owner may use the bot. Default: <see cref="Visibility.Private"/>, nobody.</summary>
    public Visibility? Visibility { get; init; }

    /// <summary>
    /// Gets the custom metadata; the server of this project takes at most 65,535 bytes of it as JSON. Keys that begin with _ are refused.
    /// </summary>
    public JsonObject? Meta { get; init; }
}
