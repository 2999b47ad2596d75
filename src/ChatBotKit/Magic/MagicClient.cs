namespace ChatBotKit;

/// <summary>Reads the ready-made prompts of the platform and generates texts with them.</summary>
public class MagicClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="MagicClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public MagicClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="MagicClient"/> class with the options and connections of another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public MagicClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="MagicClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected MagicClient()
    {
    }

    /// <summary>Lists the prompts.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the prompts of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<MagicPromptItem>, MagicPromptItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<MagicPromptItem>(new Route("/api/v1/magic/list"), request, cancellationToken);

    /// <summary>Generates a text from a prompt.</summary>
    /// <param name="promptId">The id or alias of the prompt.</param>
    /// <param name="request">The values that the prompt is applied to.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>
    /// A call that returns the text when awaited, and the events of the run when enumerated. The last event is the result.
    /// </returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the input is not valid. <see cref="ErrorCodes.NotFound"/>: the prompt does not
    /// exist. <see cref="ErrorCodes.NoSubscription"/>: the model is not part of the account's plan.
    /// <see cref="ErrorCodes.LimitsReached"/>: the account has no messages or tokens left.
    /// <see cref="ErrorCodes.TooManyRequests"/>: too many runs are in progress. <see cref="ErrorCodes.BadGateway"/> or
    /// <see cref="ErrorCodes.GatewayTimeout"/>: the provider of the model failed or did not answer.
    /// <see cref="ErrorCodes.GenericError"/>: the run failed, and the server does not say why.
    /// <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke, and the stream could not be resumed.
    /// </exception>
    public virtual ResponsePromise<MagicGenerateResponse, RunEvent> GenerateAsync(
        string promptId, MagicGenerateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Call<MagicGenerateResponse, RunEvent>(
            Route.Of("/api/v1/magic/{promptId}/generate", promptId), Body(request, cancellationToken));
    }
}
