namespace ChatBotKit;

/// <summary>A request to create a connection of a bot to Discord.</summary>
public sealed record IntegrationDiscordCreateRequest : ChatIntegrationCreateRequest
{
    /// <summary>Gets the id of the Discord application.</summary>
    public string? AppId { get; init; }

    /// <summary>Gets the bot token of the application.</summary>
    public string? BotToken { get; init; }

    /// <summary>Gets the public key that verifies the requests from Discord.</summary>
    public string? PublicKey { get; init; }

    /// <summary>Gets the name of the slash command. Default: chatbotkit.</summary>
    public string? Handle { get; init; }

    /// <summary>
    /// Gets who may write to the bot: user ids or @names, one per line. * allows everybody, an empty text nobody. Default:
    /// *.
    /// </summary>
    public string? AllowFrom { get; init; }
}
