using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A conversation with its messages, as an export returns it.</summary>
public sealed record ConversationExportItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the conversation.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the contact that the conversation is with.</summary>
    public string? ContactId { get; init; }

    /// <summary>Gets the task that the conversation belongs to.</summary>
    public string? TaskId { get; init; }

    /// <summary>Gets the space that the conversation belongs to.</summary>
    public string? SpaceId { get; init; }

    /// <summary>Gets the bot.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets the dataset that the model may search.</summary>
    public string? DatasetId { get; init; }

    /// <summary>Gets the skillset whose abilities the model may use.</summary>
    public string? SkillsetId { get; init; }

    /// <summary>Gets the instructions for the model.</summary>
    public string? Backstory { get; init; }

    /// <summary>Gets the model.</summary>
    public string? Model { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets the messages of the user and the bot, oldest first.</summary>
    public IReadOnlyList<MessageItem>? Messages { get; init; }

    /// <summary>Gets when the conversation was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the conversation was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
