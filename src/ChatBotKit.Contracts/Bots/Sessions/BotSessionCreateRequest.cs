using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>Creates a conversation with a bot and a session with which an end user reaches it.</summary>
public sealed record BotSessionCreateRequest
{
    /// <summary>Gets how long the token is good, 1800 to 86400 seconds. Default: 3600.</summary>
    public int? DurationInSeconds { get; init; }

    /// <summary>Gets the first messages, in order; servers may take only those of the user.</summary>
    public IReadOnlyList<ConversationMessage>? Messages { get; init; }

    /// <summary>
    /// Gets who the end user is: name, e-mail address and phone number, of which one of the last two is needed. What the
    /// user says is not checked. Only newer servers know it.
    /// </summary>
    public ContactUpsertRequest? Contact { get; init; }

    /// <summary>
    /// Gets free data for the conversation, as large as a request may be; keys that begin with _ are refused.
    /// </summary>
    public JsonObject? Meta { get; init; }
}
