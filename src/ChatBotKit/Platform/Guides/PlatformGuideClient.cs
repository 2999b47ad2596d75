namespace ChatBotKit;

/// <summary>Reads the guides: pages that lead through a larger task.</summary>
public class PlatformGuideClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="PlatformGuideClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public PlatformGuideClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PlatformGuideClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public PlatformGuideClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PlatformGuideClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected PlatformGuideClient()
    {
    }

    /// <summary>Lists the guides, without their texts.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the guides of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<PlatformDocItem>, PlatformDocItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<PlatformDocItem>(new Route("/api/v1/platform/guide/list"), request, cancellationToken);

    /// <summary>Fetches a guide with its text.</summary>
    /// <param name="guideId">The id of the guide.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The guide.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the guide does not exist.</exception>
    public virtual Task<PlatformDocItem> FetchAsync(string guideId, CancellationToken cancellationToken = default) =>
        GetAsync<PlatformDocItem>(Route.Of("/api/v1/platform/guide/{guideId}/fetch", guideId), query: null, cancellationToken);

    /// <summary>Searches the guides, best match first.</summary>
    /// <param name="request">The search.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The guides that match, at most as many as asked for.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.BadRequest"/>: the search is not valid.</exception>
    public virtual Task<ListResponse<PlatformDocItem>> SearchAsync(
        PlatformSearchRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<ListResponse<PlatformDocItem>>(new Route("/api/v1/platform/guide/search"), request, cancellationToken);
    }
}
