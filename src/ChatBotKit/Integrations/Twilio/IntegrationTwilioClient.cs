namespace ChatBotKit;

/// <summary>Integrations that let people reach a bot by text message and telephone, over Twilio.</summary>
public class IntegrationTwilioClient
    : IntegrationKindClient<IntegrationTwilioItem, IntegrationTwilioCreateRequest, IntegrationTwilioUpdateRequest>
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public IntegrationTwilioClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public IntegrationTwilioClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected IntegrationTwilioClient()
    {
    }

    private protected override string Kind => "twilio";

    /// <summary>Makes the integration ready for use; nothing outside is changed.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The id of the integration.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: there is no such integration.</exception>
    public virtual Task<IdResponse> SetupAsync(string integrationId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(
            Route.Of("/api/v1/integration/twilio/{twilioIntegrationId}/setup", integrationId), record: null, cancellationToken);

    /// <summary>Has the bot begin a conversation by text message or call.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="request">Where the bot writes and about what.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The id of the integration; the bot writes after that.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: there is no such
    /// integration. <see cref="ErrorCodes.TooManyRequests"/>: too many conversations were begun.
    /// </exception>
    public virtual Task<IdResponse> InitiateAsync(
        string integrationId, IntegrationTwilioInitiateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(
            Route.Of("/api/v1/integration/twilio/{twilioIntegrationId}/initiate", integrationId), request, cancellationToken);
    }
}
