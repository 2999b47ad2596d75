namespace ChatBotKit;

/// <summary>Manages the messages of stored conversations.</summary>
public class MessageClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="MessageClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public MessageClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="MessageClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public MessageClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="MessageClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected MessageClient()
    {
    }

    /// <summary>Lists the messages of a conversation, oldest first by default.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the messages of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: the
    /// conversation does not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many lists were requested in a short
    /// time. <see cref="ErrorCodes.PermissionMissing"/>: the session does not have the permission <c>messages:read</c>.
    /// </exception>
    public virtual ResponsePromise<ListResponse<MessageItem>, MessageItem> ListAsync(
        string conversationId, MessageListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<MessageItem>(Route.OfConversation("message/list", conversationId), request, cancellationToken);

    /// <summary>Stores a message. The model is not called.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">The message.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the message.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the
    /// conversation does not exist. <see cref="ErrorCodes.Conflict"/>: the conversation was changed at the same time.
    /// <see cref="ErrorCodes.LimitsReached"/>: the account has no messages left.
    /// <see cref="ErrorCodes.PermissionMissing"/>: the session does not have the permission <c>messages:write</c>.
    /// <see cref="ErrorCodes.NotAuthorized"/>: a session can only write messages of its user.
    /// </exception>
    public virtual Task<MessageCreateResponse> CreateAsync(
        string conversationId, MessageCreateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<MessageCreateResponse>(Route.OfConversation("message/create", conversationId), request, cancellationToken);
    }

    /// <summary>Fetches a message.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="messageId">The id of the message.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The message.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the conversation or the message does not exist.
    /// <see cref="ErrorCodes.PermissionMissing"/>: the session does not have the permission <c>messages:read</c>.
    /// </exception>
    public virtual Task<MessageItem> FetchAsync(string conversationId, string messageId, CancellationToken cancellationToken = default) =>
        GetAsync<MessageItem>(Route.OfMessage("fetch", conversationId, messageId), query: null, cancellationToken);

    /// <summary>Updates a message. Fields that are not set keep their values.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="messageId">The id of the message.</param>
    /// <param name="request">The fields to update.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the message.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the
    /// conversation or the message does not exist.
    /// </exception>
    public virtual Task<MessageUpdateResponse> UpdateAsync(
        string conversationId, string messageId, MessageUpdateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<MessageUpdateResponse>(Route.OfMessage("update", conversationId, messageId), request, cancellationToken);
    }

    /// <summary>Deletes a message.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="messageId">The id of the message.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the message.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the conversation or the message does not exist.
    /// </exception>
    public virtual Task<IdResponse> DeleteAsync(string conversationId, string messageId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.OfMessage("delete", conversationId, messageId), record: null, cancellationToken);

    /// <summary>Rates a message positively. Further ratings within an hour may be ignored.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="messageId">The id of the message.</param>
    /// <param name="request">The rating and the reason; null for the best rating.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the message.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the rating is out of range. <see cref="ErrorCodes.NotFound"/>: the conversation
    /// or the message does not exist. <see cref="ErrorCodes.PermissionMissing"/>: the session does not have the permission
    /// <c>feedback</c>.
    /// </exception>
    public virtual Task<IdResponse> UpvoteAsync(
        string conversationId, string messageId, UpvoteRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.OfMessage("upvote", conversationId, messageId), request, cancellationToken);

    /// <summary>Rates a message negatively. Further ratings within an hour may be ignored.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="messageId">The id of the message.</param>
    /// <param name="request">The rating and the reason; null for the worst rating.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the message.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the rating is out of range. <see cref="ErrorCodes.NotFound"/>: the conversation
    /// or the message does not exist. <see cref="ErrorCodes.PermissionMissing"/>: the session does not have the permission
    /// <c>feedback</c>.
    /// </exception>
    public virtual Task<IdResponse> DownvoteAsync(
        string conversationId, string messageId, DownvoteRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.OfMessage("downvote", conversationId, messageId), request, cancellationToken);

    /// <summary>Synthesizes a message as speech.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="messageId">The id of the message.</param>
    /// <param name="request">The part of the message to speak; null for the whole message.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The address of the sound.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: the conversation or
    /// the message does not exist. <see cref="ErrorCodes.LimitsReached"/>: the account has no audio left.
    /// <see cref="ErrorCodes.BadGateway"/>: the speech could not be generated. <see cref="ErrorCodes.PermissionMissing"/>:
    /// the session does not have the permission <c>messages:speak</c>.
    /// </exception>
    public virtual Task<MessageSynthesizeResponse> SynthesizeAsync(
        string conversationId, string messageId, MessageSynthesizeRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<MessageSynthesizeResponse>(
            Route.OfMessage("synthesize", conversationId, messageId), request ?? new MessageSynthesizeRequest(), cancellationToken);
}
