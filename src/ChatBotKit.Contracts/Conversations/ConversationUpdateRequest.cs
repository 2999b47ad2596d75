using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to update a conversation. A field that is not set keeps its value.</summary>
public sealed record ConversationUpdateRequest
{
    /// <summary>Gets the name, at most 191 bytes.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Gets the description of the conversation. At most 65,535 bytes.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>
    /// Gets the custom metadata, which replaces the stored metadata. An object <c>$update</c> in it is merged with the
    /// stored metadata instead. The server of this project takes at most 65,535 bytes of it
    /// as JSON; keys that begin with _ are refused.
    /// </summary>
    public Optional<JsonObject> Meta { get; init; }

    /// <summary>Gets the contact of the conversation.</summary>
    public Optional<ContactReference> ContactId { get; init; }

    /// <summary>Gets the task that the conversation belongs to.</summary>
    public Optional<string> TaskId { get; init; }

    /// <summary>Gets the space that the conversation belongs to.</summary>
    public Optional<string> SpaceId { get; init; }

    /// <summary>Gets the bot, by id or alias.</summary>
    public Optional<string> BotId { get; init; }

    /// <summary>Gets the model, optionally with settings. At most 512 bytes.</summary>
    public Optional<string> Model { get; init; }

    /// <summary>Gets the instructions for the model. At most 16,777,215 bytes.</summary>
    public Optional<string> Backstory { get; init; }

    /// <summary>Gets the dataset that the model may search.</summary>
    public Optional<string> DatasetId { get; init; }

    /// <summary>Gets the skillset whose abilities the model may use.</summary>
    public Optional<string> SkillsetId { get; init; }

    /// <summary>Gets whether messages are checked for personal data.</summary>
    public Optional<bool> Privacy { get; init; }

    /// <summary>Gets whether messages are checked for abuse.</summary>
    public Optional<bool> Moderation { get; init; }

    /// <summary>Gets when the conversation is deleted; null for never.</summary>
    public Optional<DateTimeOffset> ExpiresAt { get; init; }
}
