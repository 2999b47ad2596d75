namespace ChatBotKit;

/// <summary>A connection of a bot to Telegram.</summary>
public sealed record IntegrationTelegramItem : ChatIntegrationItem
{
    /// <summary>Gets whether files that senders attach are accepted.</summary>
    public bool? Attachments { get; init; }

    /// <summary>Gets who may write to the bot, one entry per line or separated by commas.</summary>
    public string? AllowFrom { get; init; }
}
