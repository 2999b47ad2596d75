namespace ChatBotKit;

/// <summary>Lists the models that bots and runs can use.</summary>
public class PlatformModelClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="PlatformModelClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public PlatformModelClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PlatformModelClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public PlatformModelClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PlatformModelClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected PlatformModelClient()
    {
    }

    /// <summary>Lists the models. The list has one page.</summary>
    /// <param name="request">The type of the models; null lists language models.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns all models at once when awaited, and one by one when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<ModelItem>, ModelItem> ListAsync(
        ModelListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<ModelItem>(new Route("/api/v1/platform/model/list"), request, cancellationToken, ("type", request?.Type));
}
