namespace ChatBotKit;

/// <summary>A request to update a connection of a bot to Discord. A field that is not set keeps its value.</summary>
public sealed record IntegrationDiscordUpdateRequest : ChatIntegrationUpdateRequest
{
    /// <summary>Gets the id of the Discord application.</summary>
    public Optional<string> AppId { get; init; }

    /// <summary>Gets the bot token of the application. Null clears it.</summary>
    public Optional<string> BotToken { get; init; }

    /// <summary>Gets the public key that verifies the requests from Discord.</summary>
    public Optional<string> PublicKey { get; init; }

    /// <summary>Gets the name of the slash command.</summary>
    public Optional<string> Handle { get; init; }

    /// <summary>Gets who may write to the bot: user ids or @names, one per line. * allows everybody, an empty text nobody.</summary>
    public Optional<string> AllowFrom { get; init; }
}
