namespace ChatBotKit;

/// <summary>The kinds of action that instructions of abilities can contain.</summary>
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
    /// Initializes a new instance of the <see cref="PlatformActionClient"/> class without options, for fakes that override
    /// the operations that they need.
    /// </summary>
    protected PlatformActionClient()
    {
    }

    /// <summary>Lists the kinds of action.</summary>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Awaited one page, enumerated the kinds of all pages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often.
    /// </exception>
    public virtual ResponsePromise<ListResponse<PlatformActionItem>, PlatformActionItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<PlatformActionItem>(new Route("/api/v1/platform/action/list"), request, cancellationToken);
}
