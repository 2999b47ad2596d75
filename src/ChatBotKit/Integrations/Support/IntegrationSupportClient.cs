namespace ChatBotKit;

/// <summary>Integrations that hand conversations over to people by e-mail.</summary>
public class IntegrationSupportClient
    : IntegrationKindClient<IntegrationSupportItem, IntegrationSupportCreateRequest, IntegrationSupportUpdateRequest>
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public IntegrationSupportClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public IntegrationSupportClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected IntegrationSupportClient()
    {
    }

    private protected override string Kind => "support";

    /// <summary>Begins to hand conversations over.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="request">Which conversations; null for the newest ones.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many conversations were taken; the work goes on after that.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: there is no such
    /// integration.
    /// </exception>
    public virtual Task<IntegrationSupportTriggerResponse> TriggerAsync(
        string integrationId, IntegrationSupportTriggerRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IntegrationSupportTriggerResponse>(
            Route.Of("/api/v1/integration/support/{supportIntegrationId}/trigger", integrationId), request, cancellationToken);
}
