namespace ChatBotKit;

/// <summary>
/// Lists and revokes the sessions of all conversations of an account, for its owner. Only the server of this project
/// supports this; the hosted service does not.
/// </summary>
public class AccountSessionClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="AccountSessionClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public AccountSessionClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="AccountSessionClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public AccountSessionClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="AccountSessionClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected AccountSessionClient()
    {
    }

    /// <summary>Gets the audit records of sessions.</summary>
    public virtual SessionAuditClient Audit => field ??= new SessionAuditClient(this);

    /// <summary>Gets the keys that sign session tokens.</summary>
    public virtual SessionKeyClient Key => field ??= new SessionKeyClient(this);

    /// <summary>Lists the sessions of the account, newest first by default. Tokens are never listed.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the sessions of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<SessionItem>, SessionItem> ListAsync(
        SessionListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<SessionItem>(
            Route.Of("/api/v1/session/list"), request, cancellationToken,
            ("status", request?.Status), ("conversationId", request?.ConversationId), ("contactId", request?.ContactId));

    /// <summary>Revokes all sessions of the account, for example after a leak.</summary>
    /// <param name="request">The reason; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The number of sessions that were revoked.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.BadRequest"/>: a field is not valid.</exception>
    public virtual Task<SessionRevokeResponse> RevokeAllAsync(
        SessionRevokeRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<SessionRevokeResponse>(Route.Of("/api/v1/session/revoke"), request, cancellationToken);
}
