namespace ChatBotKit;

/// <summary>Lists the kinds of actions that the instructions of abilities can contain.</summary>
public class PlatformActionClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="PlatformActionClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public PlatformActionClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PlatformActionClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public PlatformActionClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PlatformActionClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected PlatformActionClient()
    {
    }

    /// <summary>Lists the kinds of action.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the kinds of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<PlatformActionItem>, PlatformActionItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<PlatformActionItem>(new Route("/api/v1/platform/action/list"), request, cancellationToken);
}
