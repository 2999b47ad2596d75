namespace ChatBotKit;

/// <summary>A request to update a connection of a bot to Telegram. A field that is not set keeps its value.</summary>
public sealed record IntegrationTelegramUpdateRequest : ChatIntegrationUpdateRequest
{
    /// <summary>Gets the token of the Telegram bot. Null clears it.</summary>
    public Optional<string> BotToken { get; init; }

    /// <summary>Gets whether files that senders attach are accepted.</summary>
    public Optional<bool> Attachments { get; init; }

    /// <summary>
    /// Gets who may write to the bot, one entry per line or separated by commas. * allows everybody, an empty text nobody.
    /// </summary>
    public Optional<string> AllowFrom { get; init; }
}
