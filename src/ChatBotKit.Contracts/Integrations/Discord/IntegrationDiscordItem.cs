namespace ChatBotKit;

/// <summary>A connection of a bot to Discord.</summary>
public sealed record IntegrationDiscordItem : ChatIntegrationItem
{
    /// <summary>Gets the id of the Discord application.</summary>
    public string? AppId { get; init; }

    /// <summary>Gets the name of the slash command.</summary>
    public string? Handle { get; init; }

    /// <summary>Gets who may write to the bot: user ids or @names, one per line.</summary>
    public string? AllowFrom { get; init; }
}
