namespace ChatBotKit;

/// <summary>A request to update a connection of a bot to Slack. A field that is not set keeps its value.</summary>
public sealed record IntegrationSlackUpdateRequest : ChatIntegrationUpdateRequest
{
    /// <summary>
    /// Gets the secret with which Slack signs its requests. Without one, their signatures are not verified. ******** keeps
    /// the stored one, null clears it.
    /// </summary>
    public Optional<string> SigningSecret { get; init; }

    /// <summary>Gets the bot token of the Slack app. ******** keeps the stored one, null clears it.</summary>
    public Optional<string> BotToken { get; init; }

    /// <summary>Gets the user token of the Slack app. ******** keeps the stored one, null clears it.</summary>
    public Optional<string> UserToken { get; init; }

    /// <summary>Gets whether answers have a button that shows their sources.</summary>
    public Optional<bool> References { get; init; }

    /// <summary>Gets whether answers have buttons for ratings.</summary>
    public Optional<bool> Ratings { get; init; }

    /// <summary>Gets how many messages from outside a new thread the bot sees, 0 to 10.</summary>
    public Optional<int> VisibleMessages { get; init; }

    /// <summary>
    /// Gets which messages the bot answers: <c>@all</c> for all, <c>@agent</c> and instructions to let a model decide, or
    /// instructions alone for a cheaper decision. Null answers direct messages, mentions and threads.
    /// </summary>
    public Optional<string> AutoRespond { get; init; }

    /// <summary>
    /// Gets who may write to the bot: ids of users or channels or @names, one per line. * allows everybody, an empty text
    /// nobody.
    /// </summary>
    public Optional<string> AllowFrom { get; init; }
}
