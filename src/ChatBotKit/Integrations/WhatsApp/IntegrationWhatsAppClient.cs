namespace ChatBotKit;

/// <summary>Manages integrations that let people write to a bot from WhatsApp.</summary>
public class IntegrationWhatsAppClient
    : IntegrationKindClient<IntegrationWhatsAppItem, IntegrationWhatsAppCreateRequest, IntegrationWhatsAppUpdateRequest>
{
    /// <summary>Initializes a new instance of the <see cref="IntegrationWhatsAppClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public IntegrationWhatsAppClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationWhatsAppClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public IntegrationWhatsAppClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationWhatsAppClient"/> class without options, for test doubles
    /// that override operations.
    /// </summary>
    protected IntegrationWhatsAppClient()
    {
    }

    private protected override string Kind => "whatsapp";

    /// <summary>Prepares the phone number and the access token for use.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the integration.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the integration does not exist. <see cref="ErrorCodes.Conflict"/>: one of them is
    /// missing.
    /// </exception>
    public virtual Task<IdResponse> SetupAsync(string integrationId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(
            Route.Of("/api/v1/integration/whatsapp/{whatsappIntegrationId}/setup", integrationId), record: null, cancellationToken);

    /// <summary>
    /// Lets the bot start a conversation on WhatsApp. Meta permits this only for a limited time after the user's last
    /// message.
    /// </summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="request">The recipient, and the instruction for the bot.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the integration. The bot writes the message after the answer.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: the integration does
    /// not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many conversations were started in a short time.
    /// </exception>
    public virtual Task<IdResponse> InitiateAsync(
        string integrationId, IntegrationWhatsAppInitiateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(
            Route.Of("/api/v1/integration/whatsapp/{whatsappIntegrationId}/initiate", integrationId), request, cancellationToken);
    }
}
