namespace ChatBotKit;

/// <summary>A connection of a bot to Microsoft Teams.</summary>
public sealed record IntegrationMicrosoftTeamsItem : ChatIntegrationItem
{
    /// <summary>Gets the id of the app in the Bot Framework.</summary>
    public string? BotFrameworkAppId { get; init; }

    /// <summary>Gets who may write to the bot, one entry per line.</summary>
    public string? AllowFrom { get; init; }
}
