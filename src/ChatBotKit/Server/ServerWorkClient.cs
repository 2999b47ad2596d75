namespace ChatBotKit;

/// <summary>
/// Manages the due work of the server. The caller must be the owner of the server. Only the server of this project supports
/// this; the hosted service does not.
/// </summary>
public class ServerWorkClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="ServerWorkClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public ServerWorkClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ServerWorkClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public ServerWorkClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ServerWorkClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected ServerWorkClient()
    {
    }

    /// <summary>Lists the work, newest first by default.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the work of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time. <see cref="ErrorCodes.NotAuthorized"/>: the caller is not the owner
    /// of the server.
    /// </exception>
    public virtual ResponsePromise<ListResponse<ServerWorkItem>, ServerWorkItem> ListAsync(
        ServerWorkListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<ServerWorkItem>(
            Route.Of("/api/v1/server/work/list"), request, cancellationToken, ("state", request?.State), ("kind", request?.Kind));

    /// <summary>Fetches work of the server.</summary>
    /// <param name="workId">The id of the work.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The work.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the work does not exist, or it is done. <see cref="ErrorCodes.NotAuthorized"/>: the
    /// caller is not the owner of the server.
    /// </exception>
    public virtual Task<ServerWorkItem> FetchAsync(string workId, CancellationToken cancellationToken = default) =>
        GetAsync<ServerWorkItem>(Route.Of("/api/v1/server/work/{workId}/fetch", workId), query: null, cancellationToken);

    /// <summary>Schedules work for now and resets its attempts. The work must be waiting, or have failed in all its attempts.</summary>
    /// <param name="workId">The id of the work.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the work.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the work does not exist, or it is done. <see cref="ErrorCodes.Conflict"/>: the
    /// work is running. <see cref="ErrorCodes.NotAuthorized"/>: the caller is not the owner of the server.
    /// </exception>
    public virtual Task<IdResponse> RetryAsync(string workId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/server/work/{workId}/retry", workId), record: null, cancellationToken);

    /// <summary>Drops work, so that it is not done. The work must be waiting, or have failed in all its attempts.</summary>
    /// <param name="workId">The id of the work.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the work.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the work does not exist, or it is done. <see cref="ErrorCodes.Conflict"/>: the
    /// work is running, or it is recurring work that the server requires. <see cref="ErrorCodes.NotAuthorized"/>: the caller
    /// is not the owner of the server.
    /// </exception>
    public virtual Task<IdResponse> DropAsync(string workId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/server/work/{workId}/drop", workId), record: null, cancellationToken);
}
