namespace ChatBotKit;

/// <summary>A connection of a bot to e-mail.</summary>
public sealed record IntegrationEmailItem : ChatIntegrationItem
{
    /// <summary>Gets whether files that senders send are taken in.</summary>
    public bool? Attachments { get; init; }

    /// <summary>Gets who may write to the bot: patterns of addresses, one a line.</summary>
    public string? AllowFrom { get; init; }
}
