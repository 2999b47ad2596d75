namespace ChatBotKit;

/// <summary>A connection of a bot to Slack.</summary>
public sealed record IntegrationSlackItem : ChatIntegrationItem
{
    /// <summary>Gets ******** when a secret is stored, otherwise null.</summary>
    public string? SigningSecret { get; init; }

    /// <summary>Gets ******** when a token is stored, otherwise null.</summary>
    public string? BotToken { get; init; }

    /// <summary>Gets ******** when a token is stored, otherwise null.</summary>
    public string? UserToken { get; init; }

    /// <summary>Gets whether answers have a button that shows their sources.</summary>
    public bool? References { get; init; }

    /// <summary>Gets whether answers have buttons for ratings.</summary>
    public bool? Ratings { get; init; }

    /// <summary>Gets how many messages from outside a new thread the bot sees, 0 to 10.</summary>
    public int? VisibleMessages { get; init; }

    /// <summary>
    /// Gets which messages the bot answers: <c>@all</c> for all, <c>@agent</c> and instructions to let a model decide, or
    /// instructions alone for a cheaper decision. Null answers direct messages, mentions and threads.
    /// </summary>
    public string? AutoRespond { get; init; }

    /// <summary>Gets who may write to the bot: ids of users or channels or @names, one per line.</summary>
    public string? AllowFrom { get; init; }
}
