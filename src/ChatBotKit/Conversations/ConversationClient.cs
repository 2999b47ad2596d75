namespace ChatBotKit;

/// <summary>
/// Manages conversations and runs models in them. A stored conversation keeps its messages; a stateless call sends all of
/// them.
/// </summary>
public partial class ConversationClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="ConversationClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public ConversationClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ConversationClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public ConversationClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ConversationClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected ConversationClient()
    {
    }

    /// <summary>Gets the messages of conversations.</summary>
    public virtual MessageClient Message => field ??= new MessageClient(this);

    /// <summary>Gets the sessions, with which end users reach a conversation.</summary>
    public virtual SessionClient Session => field ??= new SessionClient(this);

    /// <summary>Gets the files of conversations.</summary>
    public virtual ConversationAttachmentClient Attachment => field ??= new ConversationAttachmentClient(this);

    /// <summary>Gets the contacts of conversations.</summary>
    public virtual ConversationContactClient Contact => field ??= new ConversationContactClient(this);

    /// <summary>Gets the usage of conversations.</summary>
    public virtual ConversationUsageClient Usage => field ??= new ConversationUsageClient(this);

    /// <summary>Gets the runs of conversations, which can be followed and aborted.</summary>
    public virtual ConversationRunClient Run => field ??= new ConversationRunClient(this);

    /// <summary>Lists the conversations, newest first by default.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the conversations of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<ConversationItem>, ConversationItem> ListAsync(
        ConversationListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<ConversationItem>(new Route("/api/v1/conversation/list"), request, cancellationToken, Filters(request));

    /// <summary>Exports conversations with the messages of users and bots.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the conversations of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<ConversationExportItem>, ConversationExportItem> ExportAsync(
        ConversationListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<ConversationExportItem>(new Route("/api/v1/conversation/export"), request, cancellationToken, Filters(request));

    /// <summary>Exports conversations as a CSV file.</summary>
    /// <param name="destination">The stream that the file is written to. It is left open.</param>
    /// <param name="request">The filters and the order; null for everything.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that completes when the whole file is written.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time. <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke
    /// after a part of the file was written.
    /// </exception>
    public virtual Task ExportCsvAsync(
        Stream destination, ConversationListRequest? request = null, CancellationToken cancellationToken = default) =>
        ExportCsvAsync(new Route("/api/v1/conversation/export"), destination, request, cancellationToken, Filters(request));

    /// <summary>Creates a conversation.</summary>
    /// <param name="request">The settings; null creates an empty conversation.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the conversation, and its messages if the request had any.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long, or refers to something that does not exist.
    /// <see cref="ErrorCodes.LimitsReached"/>: the account has no conversations or messages left.
    /// </exception>
    public virtual Task<ConversationCreateResponse> CreateAsync(
        ConversationCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<ConversationCreateResponse>(new Route("/api/v1/conversation/create"), request, cancellationToken);

    /// <summary>Fetches a conversation without its messages.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The conversation.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the conversation does not exist.</exception>
    public virtual Task<ConversationItem> FetchAsync(string conversationId, CancellationToken cancellationToken = default) =>
        GetAsync<ConversationItem>(Route.OfConversation("fetch", conversationId), query: null, cancellationToken);

    /// <summary>Updates a conversation. Fields that are not set keep their values.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">The fields to update.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the conversation.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long, or refers to something that does not exist.
    /// <see cref="ErrorCodes.NotFound"/>: the conversation does not exist.
    /// </exception>
    public virtual Task<IdResponse> UpdateAsync(
        string conversationId, ConversationUpdateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(Route.OfConversation("update", conversationId), request, cancellationToken);
    }

    /// <summary>Deletes a conversation with its messages and ends its runs.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the conversation.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the conversation does not exist.</exception>
    public virtual Task<IdResponse> DeleteAsync(string conversationId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.OfConversation("delete", conversationId), record: null, cancellationToken);

    /// <summary>Rates a conversation positively. Further ratings within an hour may be ignored.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">The rating and the reason; null for the best rating.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the conversation.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the rating is out of range. <see cref="ErrorCodes.NotFound"/>: the conversation
    /// does not exist.
    /// </exception>
    public virtual Task<IdResponse> UpvoteAsync(
        string conversationId, UpvoteRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.OfConversation("upvote", conversationId), request, cancellationToken);

    /// <summary>Rates a conversation negatively. Further ratings within an hour may be ignored.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">The rating and the reason; null for the worst rating.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the conversation.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the rating is out of range. <see cref="ErrorCodes.NotFound"/>: the conversation
    /// does not exist.
    /// </exception>
    public virtual Task<IdResponse> DownvoteAsync(
        string conversationId, DownvoteRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.OfConversation("downvote", conversationId), request, cancellationToken);

    private static (string Name, object? Value)[] Filters(ConversationListRequest? request) =>
    [
        ("botId", request?.BotId),
        ("contactId", request?.ContactId),
        ("taskId", request?.TaskId),
        ("from", request?.From),
        ("to", request?.To),
        ("vote", request?.Vote),
        ("text", request?.Text),
    ];
}
