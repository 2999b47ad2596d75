namespace ChatBotKit;

/// <summary>
/// Manages the sessions of conversations. A backend creates a session with its API token and hands the token of the session
/// to a browser or phone. That token gives access to one conversation and to nothing else. The hosted service can only
/// create sessions; listing, refreshing and revoking them needs the server of this project.
/// </summary>
public class SessionClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="SessionClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public SessionClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="SessionClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public SessionClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="SessionClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected SessionClient()
    {
    }

    /// <summary>Creates a session for a conversation.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">The lifetime and the permissions of the session; null for an hour and all default permissions.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The token, which is returned only here, and its expiry time.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long, or refers to something that does not exist.
    /// <see cref="ErrorCodes.NotFound"/>: the conversation does not exist.
    /// </exception>
    public virtual Task<SessionCreateResponse> CreateAsync(
        string conversationId, SessionCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<SessionCreateResponse>(Route.OfConversation("session/create", conversationId), request, cancellationToken);

    /// <summary>Lists the sessions of a conversation, newest first by default. Tokens are never listed.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the sessions of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: the
    /// conversation does not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many lists were requested in a short
    /// time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<SessionItem>, SessionItem> ListAsync(
        string conversationId, SessionListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<SessionItem>(
            Route.OfConversation("session/list", conversationId), request, cancellationToken,
            ("status", request?.Status), ("contactId", request?.ContactId));

    /// <summary>Fetches a session: its permissions, its usage, and whether it is still valid.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="sessionId">The type of the claim with the id of the session.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The session, without its token.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the conversation or the session does not exist.
    /// </exception>
    public virtual Task<SessionItem> FetchAsync(string conversationId, string sessionId, CancellationToken cancellationToken = default) =>
        GetAsync<SessionItem>(Route.OfSession("fetch", conversationId, sessionId), query: null, cancellationToken);

    /// <summary>
    /// Creates a new token for the same session. The owner can refresh any valid session, the holder only a refreshable
    /// one. The previous token stays valid for a minute, so that several tabs can refresh at the same time; the tokens that
    /// they get are all valid.
    /// </summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="sessionId">The type of the claim with the id of the session.</param>
    /// <param name="request">The lifetime of the new token; null for that of the first token.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The new token and its expiry time.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: the conversation or
    /// the session does not exist. <see cref="ErrorCodes.SessionNotRefreshable"/>: the session is not refreshable.
    /// <see cref="ErrorCodes.SessionExpired"/> or <see cref="ErrorCodes.SessionRevoked"/>: the session has expired, or was
    /// revoked.
    /// </exception>
    public virtual Task<SessionCreateResponse> RefreshAsync(
        string conversationId, string sessionId, SessionRefreshRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<SessionCreateResponse>(Route.OfSession("refresh", conversationId, sessionId), request, cancellationToken);

    /// <summary>
    /// Revokes a session: its tokens are refused from now on, and its open streams are closed. The holder can revoke its
    /// own session. A session that has already ended is not changed.
    /// </summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="sessionId">The type of the claim with the id of the session.</param>
    /// <param name="request">The reason; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The type of the claim with the id of the session.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: the conversation or
    /// the session does not exist.
    /// </exception>
    public virtual Task<IdResponse> RevokeAsync(
        string conversationId, string sessionId, SessionRevokeRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.OfSession("revoke", conversationId, sessionId), request, cancellationToken);

    /// <summary>Revokes all sessions of a conversation.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">The reason; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The number of sessions that were revoked.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: the conversation does
    /// not exist.
    /// </exception>
    public virtual Task<SessionRevokeResponse> RevokeAllAsync(
        string conversationId, SessionRevokeRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<SessionRevokeResponse>(Route.OfConversation("session/revoke", conversationId), request, cancellationToken);
}
