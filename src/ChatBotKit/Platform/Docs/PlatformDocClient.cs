namespace ChatBotKit;

/// <summary>Docs: the pages that explain what the platform has.</summary>
public class PlatformDocClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public PlatformDocClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public PlatformDocClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected PlatformDocClient()
    {
    }

    /// <summary>Lists the docs, without their texts.</summary>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Awaited one page, enumerated the docs of all pages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often.
    /// </exception>
    public virtual ResponsePromise<ListResponse<PlatformDocItem>, PlatformDocItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<PlatformDocItem>(new Route("/api/v1/platform/doc/list"), request, cancellationToken);

    /// <summary>Fetches a doc with its text.</summary>
    /// <param name="docId">The id of the doc.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The doc.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: there is no such document.</exception>
    public virtual Task<PlatformDocItem> FetchAsync(string docId, CancellationToken cancellationToken = default) =>
        GetAsync<PlatformDocItem>(Route.Of("/api/v1/platform/doc/{docId}/fetch", docId), query: null, cancellationToken);

    /// <summary>Searches the docs, best first.</summary>
    /// <param name="request">What to look for.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The docs that match, at most as many as asked for.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.BadRequest"/>: the search is not valid.</exception>
    public virtual Task<ListResponse<PlatformDocItem>> SearchAsync(
        PlatformSearchRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<ListResponse<PlatformDocItem>>(new Route("/api/v1/platform/doc/search"), request, cancellationToken);
    }
}
