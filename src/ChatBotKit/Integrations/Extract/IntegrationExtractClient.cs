namespace ChatBotKit;

/// <summary>Manages integrations that extract data from conversations. Deleting one deletes its extracted data.</summary>
public class IntegrationExtractClient
    : IntegrationKindClient<IntegrationExtractItem, IntegrationExtractCreateRequest, IntegrationExtractUpdateRequest>
{
    /// <summary>Initializes a new instance of the <see cref="IntegrationExtractClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public IntegrationExtractClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationExtractClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public IntegrationExtractClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationExtractClient"/> class without options, for test doubles
    /// that override operations.
    /// </summary>
    protected IntegrationExtractClient()
    {
    }

    /// <summary>Gets the extracted data.</summary>
    public virtual IntegrationExtractItemClient Item => field ??= new IntegrationExtractItemClient(this);

    private protected override string Kind => "extract";

    /// <summary>Starts to extract data from conversations.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="request">The conversations to process; null for the newest ones.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The number of conversations. The work continues after the answer.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: the integration does
    /// not exist.
    /// </exception>
    public virtual Task<IntegrationExtractTriggerResponse> TriggerAsync(
        string integrationId, IntegrationExtractTriggerRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IntegrationExtractTriggerResponse>(
            Route.Of("/api/v1/integration/extract/{extractIntegrationId}/trigger", integrationId), request, cancellationToken);
}
