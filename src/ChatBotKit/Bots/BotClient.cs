namespace ChatBotKit;

/// <summary>
/// Manages bots. A bot is a model with instructions, and the dataset and skillset that it may use. An alias with @ before
/// it can replace an id.
/// </summary>
public class BotClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="BotClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public BotClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="BotClient"/> class with the options and connections of another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public BotClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="BotClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected BotClient()
    {
    }

    /// <summary>Gets the sessions, with which end users reach a new conversation with a bot.</summary>
    public virtual BotSessionClient Session => field ??= new BotSessionClient(this);

    /// <summary>Gets the memories of bots.</summary>
    public virtual BotMemoryClient Memory => field ??= new BotMemoryClient(this);

    /// <summary>Gets the usage of bots.</summary>
    public virtual BotUsageClient Usage => field ??= new BotUsageClient(this);

    /// <summary>Lists the bots, newest first by default.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the bots of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<BotItem>, BotItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<BotItem>(new Route("/api/v1/bot/list"), request, cancellationToken);

    /// <summary>Creates a bot.</summary>
    /// <param name="request">The settings; null creates a bot with the server's default model and no instructions.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the bot.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the
    /// request refers to something that does not exist. <see cref="ErrorCodes.Conflict"/>: another bot already has the
    /// alias. <see cref="ErrorCodes.LimitsReached"/>: the plan of the account allows no more bots.
    /// </exception>
    public virtual Task<IdResponse> CreateAsync(BotCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(new Route("/api/v1/bot/create"), request, cancellationToken);

    /// <summary>Fetches a bot.</summary>
    /// <param name="botId">The id of the bot.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The bot.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the bot does not exist.</exception>
    public virtual Task<BotItem> FetchAsync(string botId, CancellationToken cancellationToken = default) =>
        GetAsync<BotItem>(Route.Of("/api/v1/bot/{botId}/fetch", botId), query: null, cancellationToken);

    /// <summary>Updates a bot. Fields that are not set keep their values.</summary>
    /// <param name="botId">The id of the bot.</param>
    /// <param name="request">The fields to update.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the bot.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the bot
    /// does not exist, or the request refers to something that does not exist. <see cref="ErrorCodes.Conflict"/>: another
    /// bot already has the alias.
    /// </exception>
    public virtual Task<IdResponse> UpdateAsync(string botId, BotUpdateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(Route.Of("/api/v1/bot/{botId}/update", botId), request, cancellationToken);
    }

    /// <summary>Clones a bot. The copy has no alias, belongs to no blueprint and is private.</summary>
    /// <param name="botId">The id of the bot.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the copy.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the bot does not exist. <see cref="ErrorCodes.LimitsReached"/>: the plan of the
    /// account allows no more bots.
    /// </exception>
    public virtual Task<IdResponse> CloneAsync(string botId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/bot/{botId}/clone", botId), record: null, cancellationToken);

    /// <summary>Deletes a bot with its memories. Its conversations stay, without a bot.</summary>
    /// <param name="botId">The id of the bot.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the bot.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the bot does not exist.</exception>
    public virtual Task<IdResponse> DeleteAsync(string botId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/bot/{botId}/delete", botId), record: null, cancellationToken);

    /// <summary>Rates a bot positively.</summary>
    /// <param name="botId">The id of the bot.</param>
    /// <param name="request">The rating and the reason; null for the best rating.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the bot.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the rating is out of range. <see cref="ErrorCodes.NotFound"/>: the bot does not
    /// exist.
    /// </exception>
    public virtual Task<IdResponse> UpvoteAsync(string botId, UpvoteRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/bot/{botId}/upvote", botId), request, cancellationToken);

    /// <summary>Rates a bot negatively.</summary>
    /// <param name="botId">The id of the bot.</param>
    /// <param name="request">The rating and the reason; null for the worst rating.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the bot.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the rating is out of range. <see cref="ErrorCodes.NotFound"/>: the bot does not
    /// exist.
    /// </exception>
    public virtual Task<IdResponse> DownvoteAsync(
        string botId, DownvoteRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/bot/{botId}/downvote", botId), request, cancellationToken);
}
