namespace ChatBotKit;

public partial class ConversationClient
{
    /// <summary>
    /// Runs the model on the messages of the request. Nothing is stored. Canceling the request aborts the run.
    /// </summary>
    /// <param name="request">The messages, and the bot or model that answers them.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns the answer when awaited, and the events of the run as they happen when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field or the model is not valid, or a field refers to something that does not
    /// exist. <see cref="ErrorCodes.NotFound"/>: the bot, the dataset or the skillset does not exist.
    /// <see cref="ErrorCodes.NoSubscription"/>: the model is not part of the account's plan.
    /// <see cref="ErrorCodes.LimitsReached"/>: the account has no messages or tokens left.
    /// <see cref="ErrorCodes.TooManyRequests"/>: too many runs are in progress. <see cref="ErrorCodes.BadGateway"/> or
    /// <see cref="ErrorCodes.GatewayTimeout"/>: the provider of the model failed or did not answer.
    /// <see cref="ErrorCodes.GenericError"/>: the run failed, and the server does not say why.
    /// <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke, and the stream could not be resumed.
    /// </exception>
    public virtual ResponsePromise<ConversationCompleteResponse, RunEvent> CompleteAsync(
        ConversationCompleteRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Call<ConversationCompleteResponse, RunEvent>(new Route("/api/v1/conversation/complete"), Body(request, cancellationToken));
    }

    /// <summary>
    /// Stores the user's message in a conversation, and runs the model to answer it. When the connection breaks during the
    /// stream and the server keeps a log of the run, the stream is resumed at the next event. When the request is canceled, the
    /// server decides whether the run continues; <see cref="ConversationRunClient.AbortAsync"/> aborts it.
    /// </summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">The message. Without a text, the model continues from the stored messages.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns the answer when awaited, and the events of the run as they happen when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the
    /// conversation does not exist. <see cref="ErrorCodes.Conflict"/>: the conversation was changed at the same time.
    /// <see cref="ErrorCodes.NoSubscription"/>: the model is not part of the account's plan.
    /// <see cref="ErrorCodes.LimitsReached"/>: the account has no messages or tokens left.
    /// <see cref="ErrorCodes.TooManyRequests"/>: too many runs are in progress. <see cref="ErrorCodes.BadGateway"/> or
    /// <see cref="ErrorCodes.GatewayTimeout"/>: the provider of the model failed or did not answer.
    /// <see cref="ErrorCodes.GenericError"/>: the run failed, and the server does not say why.
    /// <see cref="ErrorCodes.PermissionMissing"/>: the session does not have the permission <c>complete</c>.
    /// <see cref="ErrorCodes.SessionMessageLimit"/> or <see cref="ErrorCodes.SessionTokenLimit"/>: the session has reached
    /// its limit. <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke, and the stream could not be resumed.
    /// </exception>
    public virtual ResponsePromise<ConversationCompleteMessageResponse, RunEvent> CompleteAsync(
        string conversationId, ConversationCompleteMessageRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallRun<ConversationCompleteMessageResponse>("complete", conversationId, request, cancellationToken);
    }

    /// <summary>Stores the user's message. The model is not called.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">The message.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns the stored message when awaited, and the events as they happen when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the
    /// conversation does not exist. <see cref="ErrorCodes.Conflict"/>: the conversation was changed at the same time.
    /// <see cref="ErrorCodes.LimitsReached"/>: the account has no messages or tokens left.
    /// <see cref="ErrorCodes.TooManyRequests"/>: too many runs are in progress. <see cref="ErrorCodes.PermissionMissing"/>:
    /// the session does not have the permission <c>send</c>. <see cref="ErrorCodes.SessionMessageLimit"/> or
    /// <see cref="ErrorCodes.SessionTokenLimit"/>: the session has reached its limit.
    /// </exception>
    public virtual ResponsePromise<ConversationSendMessageResponse, RunEvent> SendAsync(
        string conversationId, ConversationSendMessageRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallRun<ConversationSendMessageResponse>("send", conversationId, request, cancellationToken);
    }

    /// <summary>
    /// Runs the model on the stored messages of a conversation. A broken stream is resumed as with <c>CompleteAsync</c>.
    /// </summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">What the run adds to the settings of its bot; null for nothing.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns the answer when awaited, and the events of the run as they happen when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: the conversation does
    /// not exist. <see cref="ErrorCodes.Conflict"/>: the conversation was changed at the same time.
    /// <see cref="ErrorCodes.NoSubscription"/>: the model is not part of the account's plan.
    /// <see cref="ErrorCodes.LimitsReached"/>: the account has no messages or tokens left.
    /// <see cref="ErrorCodes.TooManyRequests"/>: too many runs are in progress. <see cref="ErrorCodes.BadGateway"/> or
    /// <see cref="ErrorCodes.GatewayTimeout"/>: the provider of the model failed or did not answer.
    /// <see cref="ErrorCodes.GenericError"/>: the run failed, and the server does not say why.
    /// <see cref="ErrorCodes.PermissionMissing"/>: the session does not have the permission <c>receive</c>.
    /// <see cref="ErrorCodes.SessionMessageLimit"/> or <see cref="ErrorCodes.SessionTokenLimit"/>: the session has reached
    /// its limit. <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke, and the stream could not be resumed.
    /// </exception>
    public virtual ResponsePromise<ConversationReceiveMessageResponse, RunEvent> ReceiveAsync(
        string conversationId, ConversationReceiveMessageRequest? request = null, CancellationToken cancellationToken = default) =>
        CallRun<ConversationReceiveMessageResponse>("receive", conversationId, request, cancellationToken);

    /// <summary>
    /// Starts a run in the background for the messages of the request. Nothing is stored. Canceling the request does not
    /// abort the run.
    /// </summary>
    /// <param name="request">The messages, and the bot or model that answers them.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The channel to which the events go; see <see cref="ChannelClient.SubscribeAsync"/>.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field or the model is not valid, or a field refers to something that does not
    /// exist. <see cref="ErrorCodes.NotFound"/>: the bot, the dataset or the skillset does not exist.
    /// <see cref="ErrorCodes.NoSubscription"/>: the model is not part of the account's plan.
    /// <see cref="ErrorCodes.LimitsReached"/>: the account has no messages or tokens left.
    /// <see cref="ErrorCodes.TooManyRequests"/>: too many runs are in progress.
    /// </exception>
    public virtual Task<ConversationDispatchResponse> DispatchAsync(
        ConversationDispatchRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<ConversationDispatchResponse>(new Route("/api/v1/conversation/dispatch"), request, cancellationToken);
    }

    /// <summary>
    /// Starts a run in the background in a stored conversation. Canceling the request does not abort the run.
    /// </summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">The message. When it is null or has no text, the model continues from the stored messages.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The channel to which the events go; see <see cref="ChannelClient.SubscribeAsync"/>.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the
    /// conversation does not exist. <see cref="ErrorCodes.NoSubscription"/>: the model is not part of the account's plan.
    /// <see cref="ErrorCodes.LimitsReached"/>: the account has no messages or tokens left.
    /// <see cref="ErrorCodes.TooManyRequests"/>: too many runs are in progress.
    /// </exception>
    public virtual Task<ConversationDispatchResponse> DispatchAsync(
        string conversationId, ConversationDispatchMessageRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<ConversationDispatchResponse>(Route.OfConversation("dispatch", conversationId), request, cancellationToken);

    /// <summary>Summarizes the messages of the request. Nothing is stored.</summary>
    /// <param name="request">The messages.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The summary.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field or the model is not valid. <see cref="ErrorCodes.NoSubscription"/>: the
    /// model is not part of the account's plan. <see cref="ErrorCodes.LimitsReached"/>: the account has no messages or
    /// tokens left. <see cref="ErrorCodes.TooManyRequests"/>: too many runs are in progress.
    /// <see cref="ErrorCodes.BadGateway"/> or <see cref="ErrorCodes.GatewayTimeout"/>: the provider of the model failed or
    /// did not answer. <see cref="ErrorCodes.GenericError"/>: the run failed, and the server does not say why.
    /// </exception>
    public virtual Task<ConversationCompactResponse> CompactAsync(
        ConversationCompactRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<ConversationCompactResponse>(new Route("/api/v1/conversation/compact"), request, cancellationToken);
    }

    /// <summary>Summarizes a stored conversation. From then on, the model sees the summary in place of the earlier messages.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The summary.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: the conversation does
    /// not exist. <see cref="ErrorCodes.NoSubscription"/>: the model is not part of the account's plan.
    /// <see cref="ErrorCodes.LimitsReached"/>: the account has no messages or tokens left.
    /// <see cref="ErrorCodes.TooManyRequests"/>: too many runs are in progress. <see cref="ErrorCodes.BadGateway"/> or
    /// <see cref="ErrorCodes.GatewayTimeout"/>: the provider of the model failed or did not answer.
    /// <see cref="ErrorCodes.GenericError"/>: the run failed, and the server does not say why.
    /// </exception>
    public virtual Task<ConversationCompactMessageResponse> CompactAsync(
        string conversationId, CancellationToken cancellationToken = default) =>
        PostAsync<ConversationCompactMessageResponse>(Route.OfConversation("compact", conversationId), record: null, cancellationToken);

    private ResponsePromise<T, RunEvent> CallRun<T>(
        string operation, string conversationId, object? request, CancellationToken cancellationToken) =>
        Call<T, RunEvent>(
            Route.OfConversation(operation, conversationId),
            Body(request, cancellationToken) with { ResumePath = runId => Route.OfRun("stream", conversationId, runId).Path });
}
