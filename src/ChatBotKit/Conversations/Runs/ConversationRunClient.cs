namespace ChatBotKit;

/// <summary>
/// Follows and aborts runs of stored conversations, on servers that keep a log of runs. The id of a run is the
/// <see cref="ResponsePromise{T, U}.RunId"/> of the call that started it.
/// </summary>
public class ConversationRunClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="ConversationRunClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public ConversationRunClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ConversationRunClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public ConversationRunClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ConversationRunClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected ConversationRunClient()
    {
    }

    /// <summary>
    /// Lists the runs of a conversation, newest first by default. With this list, a page that was reloaded in the middle of
    /// an answer finds the run to follow. The server lists ended runs for as long as it keeps them, by default for a day.
    /// </summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the runs of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or the state is not valid. <see cref="ErrorCodes.NotFound"/>: the
    /// conversation does not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many lists were requested in a short
    /// time. <see cref="ErrorCodes.PermissionMissing"/>: the session does not have the permission <c>messages:read</c>.
    /// </exception>
    public virtual ResponsePromise<ListResponse<RunItem>, RunItem> ListAsync(
        string conversationId, RunListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<RunItem>(
            Route.OfConversation("run/list", conversationId), request, cancellationToken, ("state", request?.State));

    /// <summary>
    /// Reads the log of a run from a given event on, and follows the run to its end. A broken stream is resumed
    /// automatically. Canceling the request does not abort the run.
    /// </summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="runId">The id of the run.</param>
    /// <param name="after">The number of the last event that was already received; null starts at the first event.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns the events of the run when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the conversation or the run does not exist.
    /// <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke, and the stream could not be resumed.
    /// </exception>
    public virtual IAsyncEnumerable<RunEvent> StreamAsync(
        string conversationId, string runId, long? after = null, CancellationToken cancellationToken = default)
    {
        var route = Route.OfRun("stream", conversationId, runId);
        return Call<RunEvent, RunEvent>(route, new ClientFetchOptions
        {
            Query = new Dictionary<string, object?> { ["after"] = after },
            RunId = runId,
            After = after,
            ResumePath = _ => route.Path,
            CancellationToken = cancellationToken,
        });
    }

    /// <summary>Aborts a run. The text that the model has produced so far is kept.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="runId">The id of the run.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the run.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the conversation or the run does not exist.
    /// <see cref="ErrorCodes.PermissionMissing"/>: the session does not have the permission <c>runs:abort</c>.
    /// </exception>
    public virtual Task<IdResponse> AbortAsync(string conversationId, string runId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.OfRun("abort", conversationId, runId), new AbortRunRequest(), cancellationToken);
}
