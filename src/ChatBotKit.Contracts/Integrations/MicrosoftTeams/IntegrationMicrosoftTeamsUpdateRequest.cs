namespace ChatBotKit;

/// <summary>A request to update a connection of a bot to Microsoft Teams. A field that is not set keeps its value.</summary>
public sealed record IntegrationMicrosoftTeamsUpdateRequest : ChatIntegrationUpdateRequest
{
    /// <summary>Gets the id of the app in the Bot Framework.</summary>
    public Optional<string> BotFrameworkAppId { get; init; }

    /// <summary>Gets the secret of the app in the Bot Framework. Null clears it.</summary>
    public Optional<string> BotFrameworkAppSecret { get; init; }

    /// <summary>Gets the tenant of the app; null for a multi-tenant app.</summary>
    public Optional<string> TenantId { get; init; }

    /// <summary>Gets who may write to the bot, one entry per line. * allows everybody, an empty text nobody.</summary>
    public Optional<string> AllowFrom { get; init; }
}
