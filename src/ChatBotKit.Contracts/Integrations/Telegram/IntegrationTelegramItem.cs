namespace ChatBotKit;

/// <summary>A connection of a bot to Telegram.</summary>
public sealed record IntegrationTelegramItem : ChatIntegrationItem
{
    /// <summary>Gets whether files that senders send are taken in.</summary>
    public bool? Attachments { get; init; }

    /// <summary>Gets who may write to the bot, one entry a line or with commas between.</summary>
    public string? AllowFrom { get; init; }
}
