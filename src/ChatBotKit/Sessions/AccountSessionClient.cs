namespace ChatBotKit;

/// <summary>
/// The sessions of all conversations of an account, for its owner. These operations belong to the server of this project; the
/// hosted service does not have them.
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
    /// Initializes a new instance of the <see cref="AccountSessionClient"/> class without options, for fakes that override
    /// the operations that they need.
    /// </summary>
    protected AccountSessionClient()
    {
    }

    /// <summary>Gets the record of what was done with sessions.</summary>
    public virtual SessionAuditClient Audit => field ??= new SessionAuditClient(this);

    /// <summary>Gets the keys that sign session tokens.</summary>
    public virtual SessionKeyClient Key => field ??= new SessionKeyClient(this);

    /// <summary>Lists the sessions of the account, newest first if nothing else is asked for. Tokens are never listed.</summary>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Awaited one page, enumerated the sessions of all pages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often.
    /// </exception>
    public virtual ResponsePromise<ListResponse<SessionItem>, SessionItem> ListAsync(
        SessionListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<SessionItem>(
            Route.Of("/api/v1/session/list"), request, cancellationToken,
            ("status", request?.Status), ("conversationId", request?.ConversationId), ("contactId", request?.ContactId));

    /// <summary>Ends all sessions of the account, for example after a leak.</summary>
    /// <param name="request">Why; null for no reason.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>How many sessions were good until now.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.BadRequest"/>: a field is not valid.</exception>
    public virtual Task<SessionRevokeResponse> RevokeAllAsync(
        SessionRevokeRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<SessionRevokeResponse>(Route.Of("/api/v1/session/revoke"), request, cancellationToken);
}
