using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A request to create a conversation.</summary>
public sealed record ConversationCreateRequest : BotSettings
{
    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the conversation. At most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// Gets the custom metadata; the server of this project takes at most 65,535 bytes of it as JSON. Keys that begin with _ are refused.
    /// </summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets the contact of the conversation: a stored contact, or the details by which one is found or created.</summary>
    public ContactReference? ContactId { get; init; }

    /// <summary>Gets the task that the conversation belongs to.</summary>
    public string? TaskId { get; init; }

    /// <summary>Gets the space that the conversation belongs to.</summary>
    public string? SpaceId { get; init; }

    /// <summary>Gets the first messages, in order.</summary>
    public IReadOnlyList<ConversationMessage>? Messages { get; init; }

    /// <summary>Gets when the conversation is deleted; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>The conversation that was created.</summary>
public sealed record ConversationCreateResponse : ApiObject
{
    /// <summary>Gets the id of the conversation.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the first messages with their ids; null when the request had none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ConversationMessage>? Messages { get; init; }
}
