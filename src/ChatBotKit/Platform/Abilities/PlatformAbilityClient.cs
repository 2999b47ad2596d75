namespace ChatBotKit;

/// <summary>Reads the ready-made abilities, which are templates for the abilities of skillsets.</summary>
public class PlatformAbilityClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="PlatformAbilityClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public PlatformAbilityClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PlatformAbilityClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public PlatformAbilityClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PlatformAbilityClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected PlatformAbilityClient()
    {
    }

    /// <summary>Lists the ready-made abilities. The list has one page.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns all abilities at once when awaited, and one by one when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<PlatformAbilityItem>, PlatformAbilityItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<PlatformAbilityItem>(new Route("/api/v1/platform/ability/list"), request, cancellationToken);

    /// <summary>Searches the abilities, best match first.</summary>
    /// <param name="request">The search.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The abilities that match, at most as many as asked for.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.BadRequest"/>: the search is not valid.</exception>
    public virtual Task<ListResponse<PlatformAbilityItem>> SearchAsync(
        PlatformSearchRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<ListResponse<PlatformAbilityItem>>(new Route("/api/v1/platform/ability/search"), request, cancellationToken);
    }
}
