namespace ChatBotKit;

/// <summary>A request to create a connection of a bot to Slack.</summary>
public sealed record IntegrationSlackCreateRequest : ChatIntegrationCreateRequest
{
    /// <summary>Gets the secret with which Slack signs its requests. Without one, their signatures are not verified.</summary>
    public string? SigningSecret { get; init; }

    /// <summary>Gets the bot token of the Slack app.</summary>
    public string? BotToken { get; init; }

    /// <summary>Gets the user token of the Slack app.</summary>
    public string? UserToken { get; init; }

    /// <summary>Gets whether answers have a button that shows their sources. Default: no.</summary>
    public bool? References { get; init; }

    /// <summary>Gets whether answers have buttons for ratings. Default: no.</summary>
    public bool? Ratings { get; init; }

    /// <summary>Gets how many messages from outside a new thread the bot sees, 0 to 10.</summary>
    public int? VisibleMessages { get; init; }

    /// <summary>
    /// Gets which messages the bot answers: <c>@all</c> for all, <c>@agent</c> and instructions to let a model decide, or
    /// instructions alone for a cheaper decision. Null answers direct messages, mentions and threads.
    /// </summary>
    public string? AutoRespond { get; init; }

    /// <summary>
    /// Gets who may write to the bot: ids of users or channels or @names, one per line. * allows everybody, an empty text
    /// nobody. Default: *.
    /// </summary>
    public string? AllowFrom { get; init; }
}
