namespace ChatBotKit;

/// <summary>Manages integrations that hand conversations over to people by e-mail.</summary>
public class IntegrationSupportClient
    : IntegrationKindClient<IntegrationSupportItem, IntegrationSupportCreateRequest, IntegrationSupportUpdateRequest>
{
    /// <summary>Initializes a new instance of the <see cref="IntegrationSupportClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public IntegrationSupportClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationSupportClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public IntegrationSupportClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationSupportClient"/> class without options, for test doubles
    /// that override operations.
    /// </summary>
    protected IntegrationSupportClient()
    {
    }

    private protected override string Kind => "support";

    /// <summary>Starts to hand conversations over to people.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="request">The conversations to process; null for the newest ones.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The number of conversations. The work continues after the answer.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: the integration does
    /// not exist.
    /// </exception>
    public virtual Task<IntegrationSupportTriggerResponse> TriggerAsync(
        string integrationId, IntegrationSupportTriggerRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IntegrationSupportTriggerResponse>(
            Route.Of("/api/v1/integration/support/{supportIntegrationId}/trigger", integrationId), request, cancellationToken);
}
