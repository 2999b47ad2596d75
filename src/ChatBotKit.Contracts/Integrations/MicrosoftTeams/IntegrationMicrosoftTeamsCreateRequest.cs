namespace ChatBotKit;

/// <summary>A request to create a connection of a bot to Microsoft Teams.</summary>
public sealed record IntegrationMicrosoftTeamsCreateRequest : ChatIntegrationCreateRequest
{
    /// <summary>Gets the id of the app in the Bot Framework.</summary>
    public string? BotFrameworkAppId { get; init; }

    /// <summary>Gets the secret of the app in the Bot Framework.</summary>
    public string? BotFrameworkAppSecret { get; init; }

    /// <summary>Gets the tenant of the app; null for a multi-tenant app.</summary>
    public string? TenantId { get; init; }

    /// <summary>Gets who may write to the bot, one entry per line. * allows everybody, an empty text nobody. Default: *.</summary>
    public string? AllowFrom { get; init; }
}
