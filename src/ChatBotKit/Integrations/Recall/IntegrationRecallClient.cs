namespace ChatBotKit;

/// <summary>Manages integrations that let a bot take part in online meetings.</summary>
public class IntegrationRecallClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="IntegrationRecallClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public IntegrationRecallClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationRecallClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public IntegrationRecallClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationRecallClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected IntegrationRecallClient()
    {
    }

    /// <summary>Lets a bot join a meeting.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="request">The meeting, and the instruction for the bot.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The bot that joins.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: the integration does
    /// not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many conversations were started in a short time.
    /// </exception>
    public virtual Task<IntegrationRecallInitiateResponse> InitiateAsync(
        string integrationId, IntegrationRecallInitiateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IntegrationRecallInitiateResponse>(
            Route.Of("/api/v1/integration/recall/{recallIntegrationId}/initiate", integrationId), request, cancellationToken);
    }
}
