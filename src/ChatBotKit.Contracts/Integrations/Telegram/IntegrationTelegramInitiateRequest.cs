using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Lets the bot write in Telegram.</summary>
public sealed record IntegrationTelegramInitiateRequest
{
    /// <summary>
    /// Gets the chat: the id of a user, group or channel, or the name of a channel with @. On the wire, an id may be a
    /// number.
    /// </summary>
    [JsonConverter(typeof(TelegramChatIdConverter))]
    public required string ChatId { get; init; }

    /// <summary>Gets the instruction that tells the bot what to write. It is not the message itself.</summary>
    public required string Text { get; init; }
}
