namespace ChatBotKit;

/// <summary>What stored conversations use.</summary>
public class ConversationUsageClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public ConversationUsageClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public ConversationUsageClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected ConversationUsageClient()
    {
    }

    /// <summary>Fetches what a conversation has used.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">In which time; null for as far back as the server looks.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Tokens and messages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a time is not valid. <see cref="ErrorCodes.NotFound"/>: there is no such
    /// conversation.
    /// </exception>
    public virtual Task<ConversationUsageResponse> FetchAsync(
        string conversationId, ConversationUsageRequest? request = null, CancellationToken cancellationToken = default) =>
        GetAsync<ConversationUsageResponse>(
            Route.OfConversation("usage/fetch", conversationId),
            new Dictionary<string, object?> { ["from"] = request?.From, ["to"] = request?.To },
            cancellationToken);
}
