namespace ChatBotKit;

/// <summary>The messages of stored conversations.</summary>
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
    /// Initializes a new instance of the <see cref="MessageClient"/> class without options, for fakes that override the
    /// operations that they need.
    /// </summary>
    protected MessageClient()
    {
    }

    /// <summary>Lists the messages of a conversation, oldest first if nothing else is asked for.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Awaited one page, enumerated the messages of all pages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: there is
    /// no such conversation. <see cref="ErrorCodes.TooManyRequests"/>: lists were asked for too often.
    /// <see cref="ErrorCodes.PermissionMissing"/>: the session was made without the permission <c>messages:read</c>.
    /// </exception>
    public virtual ResponsePromise<ListResponse<MessageItem>, MessageItem> ListAsync(
        string conversationId, MessageListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<MessageItem>(Route.OfConversation("message/list", conversationId), request, cancellationToken);

    /// <summary>Stores a message; the model is not called.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">The message.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the message.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: there is no
    /// such conversation. <see cref="ErrorCodes.Conflict"/>: the conversation was changed at the same time.
    /// <see cref="ErrorCodes.LimitsReached"/>: the account has no messages left. <see cref="ErrorCodes.PermissionMissing"/>:
    /// the session was made without the permission <c>messages:write</c>. <see cref="ErrorCodes.NotAuthorized"/>: a session
    /// writes for somebody else than its user.
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
    /// <see cref="ErrorCodes.NotFound"/>: there is no such conversation or message.
    /// <see cref="ErrorCodes.PermissionMissing"/>: the session was made without the permission <c>messages:read</c>.
    /// </exception>
    public virtual Task<MessageItem> FetchAsync(string conversationId, string messageId, CancellationToken cancellationToken = default) =>
        GetAsync<MessageItem>(Route.OfMessage("fetch", conversationId, messageId), query: null, cancellationToken);

    /// <summary>Changes a message; fields that are not set stay as they are.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="messageId">The id of the message.</param>
    /// <param name="request">What changes.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the message.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: there is no
    /// such conversation or message.
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
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: there is no such conversation or message.</exception>
    public virtual Task<IdResponse> DeleteAsync(string conversationId, string messageId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.OfMessage("delete", conversationId, messageId), record: null, cancellationToken);

    /// <summary>Rates a message as good. Further ratings within an hour may be ignored.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="messageId">The id of the message.</param>
    /// <param name="request">How good and why; null for the best rating.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the message.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the rating is out of its range. <see cref="ErrorCodes.NotFound"/>: there is no
    /// such conversation or message. <see cref="ErrorCodes.PermissionMissing"/>: the session was made without the permission
    /// <c>feedback</c>.
    /// </exception>
    public virtual Task<IdResponse> UpvoteAsync(
        string conversationId, string messageId, UpvoteRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.OfMessage("upvote", conversationId, messageId), request, cancellationToken);

    /// <summary>Rates a message as bad. Further ratings within an hour may be ignored.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="messageId">The id of the message.</param>
    /// <param name="request">How bad and why; null for the worst rating.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the message.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the rating is out of its range. <see cref="ErrorCodes.NotFound"/>: there is no
    /// such conversation or message. <see cref="ErrorCodes.PermissionMissing"/>: the session was made without the permission
    /// <c>feedback</c>.
    /// </exception>
    public virtual Task<IdResponse> DownvoteAsync(
        string conversationId, string messageId, DownvoteRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.OfMessage("downvote", conversationId, messageId), request, cancellationToken);

    /// <summary>Synthesizes a message as speech.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="messageId">The id of the message.</param>
    /// <param name="request">Which part of it; null for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Where the speech can be heard.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: there is no such
    /// conversation or message. <see cref="ErrorCodes.LimitsReached"/>: the account has no audio left.
    /// <see cref="ErrorCodes.BadGateway"/>: the speech could not be made. <see cref="ErrorCodes.PermissionMissing"/>: the
    /// session was made without the permission <c>messages:speak</c>.
    /// </exception>
    public virtual Task<MessageSynthesizeResponse> SynthesizeAsync(
        string conversationId, string messageId, MessageSynthesizeRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<MessageSynthesizeResponse>(
            Route.OfMessage("synthesize", conversationId, messageId), request ?? new MessageSynthesizeRequest(), cancellationToken);
}
