namespace ChatBotKit;

/// <summary>A request to create a connection of a bot to Telegram.</summary>
public sealed record IntegrationTelegramCreateRequest : ChatIntegrationCreateRequest
{
    /// <summary>Gets the token of the Telegram bot.</summary>
    public string? BotToken { get; init; }

    /// <summary>Gets whether files that senders attach are accepted. Default: no.</summary>
    public bool? Attachments { get; init; }

    /// <summary>
    /// Gets who may write to the bot, one entry per line or separated by commas. * allows everybody, an empty text nobody.
    /// Default: *.
    /// </summary>
    public string? AllowFrom { get; init; }
}
