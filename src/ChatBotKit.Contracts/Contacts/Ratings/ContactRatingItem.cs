using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A rating by a contact.</summary>
public sealed record ContactRatingItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the rating.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the contact who gave the rating.</summary>
    public string? ContactId { get; init; }

    /// <summary>Gets the bot that was rated.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets the conversation that was rated.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the message that was rated; null when it was the whole conversation.</summary>
    public string? MessageId { get; init; }

    /// <summary>Gets the rating: 1 to 100 is positive, -100 to -1 is negative.</summary>
    public int? Value { get; init; }

    /// <summary>Gets the reason.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the rating was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the rating was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
