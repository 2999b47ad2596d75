namespace ChatBotKit;

/// <summary>
/// Sessions with bots: a backend makes one and hands its token to a browser or phone, which with it reaches a
/// conversation that was made for it and nothing else.
/// </summary>
public class BotSessionClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public BotSessionClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public BotSessionClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected BotSessionClient()
    {
    }

    /// <summary>Makes a conversation with a bot and a session for it. For a public bot no credential is needed.</summary>
    /// <param name="botId">The id of the bot, not its alias.</param>
    /// <param name="request">How long the session lasts and with what the conversation begins; null for an hour and nothing.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The conversation, the token and when it ends. The token cannot be read again.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: there is no
    /// such bot. <see cref="ErrorCodes.LimitsReached"/>: the account has no conversations or messages left.
    /// </exception>
    public virtual Task<BotSessionCreateResponse> CreateAsync(
        string botId, BotSessionCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<BotSessionCreateResponse>(Route.Of("/api/v1/bot/{botId}/session/create", botId), request, cancellationToken);
}
