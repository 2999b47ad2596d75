namespace ChatBotKit;

/// <summary>Integrations that fill a dataset from Notion.</summary>
public class IntegrationNotionClient
    : IntegrationKindClient<IntegrationNotionItem, IntegrationNotionCreateRequest, IntegrationNotionUpdateRequest>
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public IntegrationNotionClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public IntegrationNotionClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected IntegrationNotionClient()
    {
    }

    private protected override string Kind => "notion";

    /// <summary>Begins to bring the dataset up to date.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The id of the integration; the work goes on after that.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: there is no such integration.</exception>
    public virtual Task<IdResponse> SyncAsync(string integrationId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(
            Route.Of("/api/v1/integration/notion/{notionIntegrationId}/sync", integrationId), record: null, cancellationToken);
}
