namespace ChatBotKit;

public partial class ConversationClient
{
    /// <summary>Has the model answer messages of which nothing is stored.</summary>
    /// <param name="request">The messages and who answers them.</param>
    /// <param name="cancellationToken">Ends the call and with it the run.</param>
    /// <returns>Awaited the answer, enumerated the events of the run as they happen.</returns>
    /// <exception cref="ChatBotKitException">The call or the run failed.</exception>
    public virtual ResponsePromise<ConversationCompleteResponse, RunEvent> CompleteAsync(
        ConversationCompleteRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Call<ConversationCompleteResponse, RunEvent>(new Route("/api/v1/conversation/complete"), Body(request, cancellationToken));
    }

    /// <summary>
    /// Stores the user's message in a conversation and has the model answer it. When the connection is lost while the
    /// answer streams in and the server keeps a log of the run, the stream goes on from where it was.
    /// </summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">The message; without a text the model goes on from what is stored.</param>
    /// <param name="cancellationToken">Ends the call. Whether the run goes on is up to the server; <see cref="ConversationRunClient.AbortAsync"/> ends it.</param>
    /// <returns>Awaited the answer, enumerated the events of the run as they happen.</returns>
    /// <exception cref="ChatBotKitException">The call or the run failed.</exception>
    public virtual ResponsePromise<ConversationCompleteMessageResponse, RunEvent> CompleteAsync(
        string conversationId, ConversationCompleteMessageRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallRun<ConversationCompleteMessageResponse>("complete", conversationId, request, cancellationToken);
    }

    /// <summary>Stores the user's message; the model is not called.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">The message.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Awaited the stored message, enumerated the events as they happen.</returns>
    /// <exception cref="ChatBotKitException">The call failed.</exception>
    public virtual ResponsePromise<ConversationSendMessageResponse, RunEvent> SendAsync(
        string conversationId, ConversationSendMessageRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallRun<ConversationSendMessageResponse>("send", conversationId, request, cancellationToken);
    }

    /// <summary>Has the model answer what is stored. A broken stream goes on as with <c>CompleteAsync</c>.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">What the run gets on top of its bot; null for nothing.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Awaited the answer, enumerated the events of the run as they happen.</returns>
    /// <exception cref="ChatBotKitException">The call or the run failed.</exception>
    public virtual ResponsePromise<ConversationReceiveMessageResponse, RunEvent> ReceiveAsync(
        string conversationId, ConversationReceiveMessageRequest? request = null, CancellationToken cancellationToken = default) =>
        CallRun<ConversationReceiveMessageResponse>("receive", conversationId, request, cancellationToken);

    /// <summary>Starts a run in the background; of the messages nothing is stored.</summary>
    /// <param name="request">The messages and who answers them.</param>
    /// <param name="cancellationToken">Ends the call, not the run.</param>
    /// <returns>The channel to which the events go; see <see cref="ChannelClient.SubscribeAsync"/>.</returns>
    /// <exception cref="ChatBotKitException">The call failed.</exception>
    public virtual Task<ConversationDispatchResponse> DispatchAsync(
        ConversationDispatchRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<ConversationDispatchResponse>(new Route("/api/v1/conversation/dispatch"), request, cancellationToken);
    }

    /// <summary>Starts a run in the background in a stored conversation.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">The message; without a text the model goes on from what is stored.</param>
    /// <param name="cancellationToken">Ends the call, not the run.</param>
    /// <returns>The channel to which the events go; see <see cref="ChannelClient.SubscribeAsync"/>.</returns>
    /// <exception cref="ChatBotKitException">The call failed.</exception>
    public virtual Task<ConversationDispatchResponse> DispatchAsync(
        string conversationId, ConversationDispatchMessageRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<ConversationDispatchResponse>(Route.OfConversation("dispatch", conversationId), request, cancellationToken);
    }

    /// <summary>Has messages summarised of which nothing is stored.</summary>
    /// <param name="request">The messages.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The summary.</returns>
    /// <exception cref="ChatBotKitException">The call failed.</exception>
    public virtual Task<ConversationCompactResponse> CompactAsync(
        ConversationCompactRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<ConversationCompactResponse>(new Route("/api/v1/conversation/compact"), request, cancellationToken);
    }

    /// <summary>Summarises a stored conversation; from then on the model sees the summary instead of what was before.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The summary.</returns>
    /// <exception cref="ChatBotKitException">The call failed.</exception>
    public virtual Task<ConversationCompactMessageResponse> CompactAsync(
        string conversationId, CancellationToken cancellationToken = default) =>
        PostAsync<ConversationCompactMessageResponse>(Route.OfConversation("compact", conversationId), record: null, cancellationToken);

    private ResponsePromise<T, RunEvent> CallRun<T>(
        string operation, string conversationId, object? request, CancellationToken cancellationToken) =>
        Call<T, RunEvent>(
            Route.OfConversation(operation, conversationId),
            Body(request, cancellationToken) with { ResumePath = runId => Route.OfRun("stream", conversationId, runId).Path });
}
