using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to create a conversation with a bot, and a session with which an end user can access it.</summary>
public sealed record BotSessionCreateRequest
{
    /// <summary>Gets how long the token is valid, 1800 to 86400 seconds. Default: 3600.</summary>
    public int? DurationInSeconds { get; init; }

    /// <summary>Gets the first messages, in order. A server may accept only messages of the user.</summary>
    public IReadOnlyList<ConversationMessage>? Messages { get; init; }

    /// <summary>
    /// Gets the details of the end user: name, and an e-mail address or a phone number or both. They are not verified. Only
    /// newer servers support it.
    /// </summary>
    public ContactUpsertRequest? Contact { get; init; }

    /// <summary>
    /// Gets the custom metadata of the conversation; the server of this project takes at most 65,535 bytes of it as JSON. Keys that begin with _ are
    /// refused.
    /// </summary>
    public JsonObject? Meta { get; init; }
}
