namespace ChatBotKit;

/// <summary>The kinds of action that instructions of abilities can contain.</summary>
public class PlatformActionClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public PlatformActionClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public PlatformActionClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected PlatformActionClient()
    {
    }

    /// <summary>Lists the kinds of action.</summary>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Awaited one page, enumerated the kinds of all pages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often.
    /// </exception>
    public virtual ResponsePromise<ListResponse<PlatformActionItem>, PlatformActionItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<PlatformActionItem>(new Route("/api/v1/platform/action/list"), request, cancellationToken);
}
