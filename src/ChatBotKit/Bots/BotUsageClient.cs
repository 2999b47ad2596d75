namespace ChatBotKit;

/// <summary>What bots use.</summary>
public class BotUsageClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public BotUsageClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public BotUsageClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected BotUsageClient()
    {
    }

    /// <summary>Fetches what a bot has used.</summary>
    /// <param name="botId">The id of the bot.</param>
    /// <param name="request">In which time; null for as far back as the server looks.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Tokens, conversations and messages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a time is not valid. <see cref="ErrorCodes.NotFound"/>: there is no such bot.
    /// </exception>
    public virtual Task<BotUsageResponse> FetchAsync(
        string botId, BotUsageRequest? request = null, CancellationToken cancellationToken = default) =>
        GetAsync<BotUsageResponse>(
            Route.Of("/api/v1/bot/{botId}/usage/fetch", botId),
            new Dictionary<string, object?> { ["from"] = request?.From, ["to"] = request?.To },
            cancellationToken);
}
