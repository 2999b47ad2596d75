namespace ChatBotKit;

/// <summary>
/// Sessions: a backend makes one with its API token and hands the session's token to a browser or phone, which with it
/// reaches one conversation and nothing else.
/// </summary>
public class SessionClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public SessionClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public SessionClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected SessionClient()
    {
    }

    /// <summary>Makes a session for a conversation.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">How long the session lasts.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The token and when it ends. The token cannot be read again.</returns>
    /// <exception cref="ChatBotKitException">The call failed.</exception>
    public virtual Task<SessionCreateResponse> CreateAsync(
        string conversationId, SessionCreateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<SessionCreateResponse>(Route.OfConversation("session/create", conversationId), request, cancellationToken);
    }
}
