namespace ChatBotKit;

/// <summary>Reads the tutorials: pages that explain a task step by step.</summary>
public class PlatformTutorialClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="PlatformTutorialClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public PlatformTutorialClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PlatformTutorialClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public PlatformTutorialClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PlatformTutorialClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected PlatformTutorialClient()
    {
    }

    /// <summary>Lists the tutorials, without their texts.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the tutorials of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<PlatformDocItem>, PlatformDocItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<PlatformDocItem>(new Route("/api/v1/platform/tutorial/list"), request, cancellationToken);

    /// <summary>Fetches a tutorial with its text.</summary>
    /// <param name="tutorialId">The id of the tutorial.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The tutorial.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the tutorial does not exist.</exception>
    public virtual Task<PlatformDocItem> FetchAsync(string tutorialId, CancellationToken cancellationToken = default) =>
        GetAsync<PlatformDocItem>(Route.Of("/api/v1/platform/tutorial/{tutorialId}/fetch", tutorialId), query: null, cancellationToken);

    /// <summary>Searches the tutorials, best match first.</summary>
    /// <param name="request">The search.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The tutorials that match, at most as many as asked for.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.BadRequest"/>: the search is not valid.</exception>
    public virtual Task<ListResponse<PlatformDocItem>> SearchAsync(
        PlatformSearchRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<ListResponse<PlatformDocItem>>(new Route("/api/v1/platform/tutorial/search"), request, cancellationToken);
    }
}
