namespace ChatBotKit;

/// <summary>Integrations that extract data from conversations. Deleting one deletes what it has extracted.</summary>
public class IntegrationExtractClient
    : IntegrationKindClient<IntegrationExtractItem, IntegrationExtractCreateRequest, IntegrationExtractUpdateRequest>
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public IntegrationExtractClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public IntegrationExtractClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected IntegrationExtractClient()
    {
    }

    /// <summary>Gets what was extracted.</summary>
    public virtual IntegrationExtractItemClient Item => field ??= new IntegrationExtractItemClient(this);

    private protected override string Kind => "extract";

    /// <summary>Begins to extract data from conversations.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="request">Which conversations; null for the newest ones.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many conversations were taken; the work goes on after that.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: there is no such
    /// integration.
    /// </exception>
    public virtual Task<IntegrationExtractTriggerResponse> TriggerAsync(
        string integrationId, IntegrationExtractTriggerRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IntegrationExtractTriggerResponse>(
            Route.Of("/api/v1/integration/extract/{extractIntegrationId}/trigger", integrationId), request, cancellationToken);
}
