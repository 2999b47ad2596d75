using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A stored bot.</summary>
public sealed record BotItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the alias, which can replace the id when @ is written before it.</summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the bot.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the instructions for the model: who the bot is and how it behaves.</summary>
    public string? Backstory { get; init; }

    /// <summary>Gets the model, optionally with settings: <c>name/temperature=0.2</c>.</summary>
    public string? Model { get; init; }

    /// <summary>Gets the dataset that the model may search.</summary>
    public string? DatasetId { get; init; }

    /// <summary>Gets the skillset whose abilities the model may use.</summary>
    public string? SkillsetId { get; init; }

    /// <summary>Gets whether personal data is hidden from the model.</summary>
    public bool? Privacy { get; init; }

    /// <summary>Gets whether messages are checked for abuse.</summary>
    public bool? Moderation { get; init; }

    /// <summary>Gets the blueprint that the bot is part of.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets who besides the owner may use the bot.</summary>
    public Visibility? Visibility { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the bot was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the bot was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
