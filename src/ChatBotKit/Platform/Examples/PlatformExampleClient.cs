namespace ChatBotKit;

/// <summary>Reads the examples, which can be copied into the account.</summary>
public class PlatformExampleClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="PlatformExampleClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public PlatformExampleClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PlatformExampleClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public PlatformExampleClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PlatformExampleClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected PlatformExampleClient()
    {
    }

    /// <summary>Lists the examples, without their resources.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the examples of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<PlatformExampleItem>, PlatformExampleItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<PlatformExampleItem>(new Route("/api/v1/platform/example/list"), request, cancellationToken);

    /// <summary>Fetches an example with its resources.</summary>
    /// <param name="exampleId">The id of the example.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The example.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the example does not exist.</exception>
    public virtual Task<PlatformExampleItem> FetchAsync(string exampleId, CancellationToken cancellationToken = default) =>
        GetAsync<PlatformExampleItem>(Route.Of("/api/v1/platform/example/{exampleId}/fetch", exampleId), query: null, cancellationToken);

    /// <summary>Searches the examples, best match first.</summary>
    /// <param name="request">The search.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The examples that match, at most as many as asked for.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.BadRequest"/>: the search is not valid.</exception>
    public virtual Task<ListResponse<PlatformExampleItem>> SearchAsync(
        PlatformSearchRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<ListResponse<PlatformExampleItem>>(new Route("/api/v1/platform/example/search"), request, cancellationToken);
    }

    /// <summary>Copies the resources of an example into the account of the caller.</summary>
    /// <param name="exampleId">The id of the example.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The new resources.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the example does not exist. <see cref="ErrorCodes.UnprocessableEntity"/>: the
    /// example cannot be copied. <see cref="ErrorCodes.LimitsReached"/>: the plan of the account allows no more resources.
    /// </exception>
    public virtual Task<PlatformExampleCloneResponse> CloneAsync(string exampleId, CancellationToken cancellationToken = default) =>
        PostAsync<PlatformExampleCloneResponse>(Route.Of("/api/v1/platform/example/{exampleId}/clone", exampleId), record: null, cancellationToken);
}
