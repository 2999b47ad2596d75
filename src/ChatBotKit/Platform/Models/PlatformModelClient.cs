namespace ChatBotKit;

/// <summary>The models that bots and runs can name.</summary>
public class PlatformModelClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public PlatformModelClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public PlatformModelClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected PlatformModelClient()
    {
    }

    /// <summary>Lists the models. There is one page only.</summary>
    /// <param name="request">Which models; null lists those that write text.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Awaited all models at once, enumerated one by one.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often.
    /// </exception>
    public virtual ResponsePromise<ListResponse<ModelItem>, ModelItem> ListAsync(
        ModelListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<ModelItem>(new Route("/api/v1/platform/model/list"), request, cancellationToken, ("type", request?.Type));
}
