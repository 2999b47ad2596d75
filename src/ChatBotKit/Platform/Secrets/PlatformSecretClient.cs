namespace ChatBotKit;

/// <summary>Reads the templates for secrets, which describe how to sign in to a service.</summary>
public class PlatformSecretClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="PlatformSecretClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public PlatformSecretClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PlatformSecretClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public PlatformSecretClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PlatformSecretClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected PlatformSecretClient()
    {
    }

    /// <summary>Lists the templates. The list has one page.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns all templates at once when awaited, and one by one when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<PlatformSecretItem>, PlatformSecretItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<PlatformSecretItem>(new Route("/api/v1/platform/secret/list"), request, cancellationToken);

    /// <summary>Searches the templates, best match first.</summary>
    /// <param name="request">The search.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The templates that match, at most as many as asked for.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.BadRequest"/>: the search is not valid.</exception>
    public virtual Task<ListResponse<PlatformSecretItem>> SearchAsync(
        PlatformSearchRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<ListResponse<PlatformSecretItem>>(new Route("/api/v1/platform/secret/search"), request, cancellationToken);
    }
}
