namespace ChatBotKit;

/// <summary>Manages integrations that let people reach a bot by text message and telephone, over Twilio.</summary>
public class IntegrationTwilioClient
    : IntegrationKindClient<IntegrationTwilioItem, IntegrationTwilioCreateRequest, IntegrationTwilioUpdateRequest>
{
    /// <summary>Initializes a new instance of the <see cref="IntegrationTwilioClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public IntegrationTwilioClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationTwilioClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public IntegrationTwilioClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationTwilioClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected IntegrationTwilioClient()
    {
    }

    private protected override string Kind => "twilio";

    /// <summary>Prepares the integration for use. Nothing is changed at the other service.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the integration.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the integration does not exist.</exception>
    public virtual Task<IdResponse> SetupAsync(string integrationId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(
            Route.Of("/api/v1/integration/twilio/{twilioIntegrationId}/setup", integrationId), record: null, cancellationToken);

    /// <summary>Lets the bot start a conversation by text message or call.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="request">The recipient, and the instruction for the bot.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the integration. The bot writes the message after the answer.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: the integration does
    /// not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many conversations were started in a short time.
    /// </exception>
    public virtual Task<IdResponse> InitiateAsync(
        string integrationId, IntegrationTwilioInitiateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(
            Route.Of("/api/v1/integration/twilio/{twilioIntegrationId}/initiate", integrationId), request, cancellationToken);
    }
}
