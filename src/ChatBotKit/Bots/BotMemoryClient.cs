namespace ChatBotKit;

/// <summary>What bots remember.</summary>
public class BotMemoryClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public BotMemoryClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public BotMemoryClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected BotMemoryClient()
    {
    }

    /// <summary>Looks for what a bot remembers.</summary>
    /// <param name="botId">The id of the bot.</param>
    /// <param name="request">What to look for.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The memories, the best first.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the search is not valid. <see cref="ErrorCodes.NotFound"/>: there is no such
    /// bot.
    /// </exception>
    public virtual Task<MemorySearchResponse> SearchAsync(
        string botId, BotMemorySearchRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<MemorySearchResponse>(Route.Of("/api/v1/bot/{botId}/memory/search", botId), request, cancellationToken);
    }
}
