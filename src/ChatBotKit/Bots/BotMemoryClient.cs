namespace ChatBotKit;

/// <summary>Searches the memories of bots.</summary>
public class BotMemoryClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="BotMemoryClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public BotMemoryClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="BotMemoryClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public BotMemoryClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="BotMemoryClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected BotMemoryClient()
    {
    }

    /// <summary>Searches the memories of a bot by meaning.</summary>
    /// <param name="botId">The id of the bot.</param>
    /// <param name="request">The search.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The memories, best match first.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the search is not valid. <see cref="ErrorCodes.NotFound"/>: the bot does not
    /// exist.
    /// </exception>
    public virtual Task<MemorySearchResponse> SearchAsync(
        string botId, BotMemorySearchRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<MemorySearchResponse>(Route.Of("/api/v1/bot/{botId}/memory/search", botId), request, cancellationToken);
    }
}
