namespace ChatBotKit;

/// <summary>Reads the docs: pages that explain the features of the platform.</summary>
public class PlatformDocClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="PlatformDocClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public PlatformDocClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PlatformDocClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public PlatformDocClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PlatformDocClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected PlatformDocClient()
    {
    }

    /// <summary>Lists the docs, without their texts.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the docs of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<PlatformDocItem>, PlatformDocItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<PlatformDocItem>(new Route("/api/v1/platform/doc/list"), request, cancellationToken);

    /// <summary>Fetches a doc with its text.</summary>
    /// <param name="docId">The id of the doc.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The doc.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the document does not exist.</exception>
    public virtual Task<PlatformDocItem> FetchAsync(string docId, CancellationToken cancellationToken = default) =>
        GetAsync<PlatformDocItem>(Route.Of("/api/v1/platform/doc/{docId}/fetch", docId), query: null, cancellationToken);

    /// <summary>Searches the docs, best match first.</summary>
    /// <param name="request">The search.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The docs that match, at most as many as asked for.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.BadRequest"/>: the search is not valid.</exception>
    public virtual Task<ListResponse<PlatformDocItem>> SearchAsync(
        PlatformSearchRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<ListResponse<PlatformDocItem>>(new Route("/api/v1/platform/doc/search"), request, cancellationToken);
    }
}
