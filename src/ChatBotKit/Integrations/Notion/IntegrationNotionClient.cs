namespace ChatBotKit;

/// <summary>Manages integrations that fill a dataset from Notion.</summary>
public class IntegrationNotionClient
    : IntegrationKindClient<IntegrationNotionItem, IntegrationNotionCreateRequest, IntegrationNotionUpdateRequest>
{
    /// <summary>Initializes a new instance of the <see cref="IntegrationNotionClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public IntegrationNotionClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationNotionClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public IntegrationNotionClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationNotionClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected IntegrationNotionClient()
    {
    }

    private protected override string Kind => "notion";

    /// <summary>Starts to synchronize the dataset.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the integration. The work continues after the answer.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the integration does not exist.</exception>
    public virtual Task<IdResponse> SyncAsync(string integrationId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(
            Route.Of("/api/v1/integration/notion/{notionIntegrationId}/sync", integrationId), record: null, cancellationToken);
}
