namespace ChatBotKit;

/// <summary>Changes a connection of a bot to Telegram. A field that is not set stays as it is.</summary>
public sealed record IntegrationTelegramUpdateRequest : ChatIntegrationUpdateRequest
{
    /// <summary>Gets the token of the Telegram bot. Null clears it.</summary>
    public Optional<string> BotToken { get; init; }

    /// <summary>Gets whether files that senders send are taken in.</summary>
    public Optional<bool> Attachments { get; init; }

    /// <summary>Gets who may write to the bot, one entry a line or with commas between. * lets everybody, an empty text nobody.</summary>
    public Optional<string> AllowFrom { get; init; }
}
