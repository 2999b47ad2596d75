namespace ChatBotKit;

/// <summary>A connection of a bot to e-mail.</summary>
public sealed record IntegrationEmailItem : ChatIntegrationItem
{
    /// <summary>Gets whether files that senders attach are accepted.</summary>
    public bool? Attachments { get; init; }

    /// <summary>Gets who may write to the bot: patterns of addresses, one per line.</summary>
    public string? AllowFrom { get; init; }
}
