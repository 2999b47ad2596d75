namespace ChatBotKit;

/// <summary>Reads the usage of bots.</summary>
public class BotUsageClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="BotUsageClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public BotUsageClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="BotUsageClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public BotUsageClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="BotUsageClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected BotUsageClient()
    {
    }

    /// <summary>Fetches the usage of a bot.</summary>
    /// <param name="botId">The id of the bot.</param>
    /// <param name="request">The period; null for as far back as the server keeps data.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The tokens, conversations and messages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the start or the end is not valid. <see cref="ErrorCodes.NotFound"/>: the bot
    /// does not exist.
    /// </exception>
    public virtual Task<BotUsageResponse> FetchAsync(
        string botId, BotUsageRequest? request = null, CancellationToken cancellationToken = default) =>
        GetAsync<BotUsageResponse>(
            Route.Of("/api/v1/bot/{botId}/usage/fetch", botId),
            new Dictionary<string, object?> { ["from"] = request?.From, ["to"] = request?.To },
            cancellationToken);
}
