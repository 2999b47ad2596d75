namespace ChatBotKit;

/// <summary>Reads the usage of stored conversations.</summary>
public class ConversationUsageClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="ConversationUsageClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public ConversationUsageClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ConversationUsageClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public ConversationUsageClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ConversationUsageClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected ConversationUsageClient()
    {
    }

    /// <summary>Fetches the usage of a conversation.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">The period; null for as far back as the server keeps data.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The tokens and the messages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the start or the end is not valid. <see cref="ErrorCodes.NotFound"/>: the
    /// conversation does not exist.
    /// </exception>
    public virtual Task<ConversationUsageResponse> FetchAsync(
        string conversationId, ConversationUsageRequest? request = null, CancellationToken cancellationToken = default) =>
        GetAsync<ConversationUsageResponse>(
            Route.OfConversation("usage/fetch", conversationId),
            new Dictionary<string, object?> { ["from"] = request?.From, ["to"] = request?.To },
            cancellationToken);
}
