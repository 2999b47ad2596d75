namespace ChatBotKit;

/// <summary>
/// Creates sessions with bots. A backend creates a session and hands its token to a browser or phone. The token gives
/// access to the new conversation of the session and to nothing else.
/// </summary>
public class BotSessionClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="BotSessionClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public BotSessionClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="BotSessionClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public BotSessionClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="BotSessionClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected BotSessionClient()
    {
    }

    /// <summary>Creates a conversation with a bot, and a session for it. A public bot needs no credential.</summary>
    /// <param name="botId">The id of the bot, not its alias.</param>
    /// <param name="request">
    /// The lifetime of the session and the first messages of the conversation; null for an hour and no messages.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The conversation, the token, which is returned only here, and its expiry time.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the bot
    /// does not exist. <see cref="ErrorCodes.LimitsReached"/>: the account has no conversations or messages left.
    /// </exception>
    public virtual Task<BotSessionCreateResponse> CreateAsync(
        string botId, BotSessionCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<BotSessionCreateResponse>(Route.Of("/api/v1/bot/{botId}/session/create", botId), request, cancellationToken);
}
