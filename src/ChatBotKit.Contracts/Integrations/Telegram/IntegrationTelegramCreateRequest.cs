namespace ChatBotKit;

/// <summary>Creates a connection of a bot to Telegram.</summary>
public sealed record IntegrationTelegramCreateRequest : ChatIntegrationCreateRequest
{
    /// <summary>Gets the token of the Telegram bot.</summary>
    public string? BotToken { get; init; }

    /// <summary>Gets whether files that senders send are taken in. Default: no.</summary>
    public bool? Attachments { get; init; }

    /// <summary>Gets who may write to the bot, one entry a line or with commas between. * lets everybody, an empty text nobody. Default: *.</summary>
    public string? AllowFrom { get; init; }
}
