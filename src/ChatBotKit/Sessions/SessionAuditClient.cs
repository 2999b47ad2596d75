namespace ChatBotKit;

/// <summary>
/// Reads the audit records of the sessions of an account: who created, refreshed, used and revoked them, and which requests
/// were refused. Only the server of this project supports this; the hosted service does not.
/// </summary>
public class SessionAuditClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="SessionAuditClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public SessionAuditClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="SessionAuditClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public SessionAuditClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="SessionAuditClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected SessionAuditClient()
    {
    }

    /// <summary>Lists the records, newest first by default.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the records of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<SessionAuditItem>, SessionAuditItem> ListAsync(
        SessionAuditListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<SessionAuditItem>(
            Route.Of("/api/v1/session/audit/list"), request, cancellationToken,
            ("sessionId", request?.SessionId), ("conversationId", request?.ConversationId), ("type", request?.Type));

    /// <summary>
    /// Lets the server verify the whole chain of records. To verify it without trusting the server, list the records oldest
    /// first and compare each hash with <see cref="SessionAuditItem.ComputeHash"/>.
    /// </summary>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Whether the chain is intact, and the hash of its last record.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotAuthenticated"/>: the credential is missing, or is not valid for this operation.
    /// </exception>
    public virtual Task<SessionAuditVerification> VerifyAsync(CancellationToken cancellationToken = default) =>
        GetAsync<SessionAuditVerification>(Route.Of("/api/v1/session/audit/verify"), query: null, cancellationToken);
}
