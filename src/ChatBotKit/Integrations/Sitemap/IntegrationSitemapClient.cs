namespace ChatBotKit;

/// <summary>Manages integrations that fill a dataset from a web site.</summary>
public class IntegrationSitemapClient
    : IntegrationKindClient<IntegrationSitemapItem, IntegrationSitemapCreateRequest, IntegrationSitemapUpdateRequest>
{
    /// <summary>Initializes a new instance of the <see cref="IntegrationSitemapClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public IntegrationSitemapClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationSitemapClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public IntegrationSitemapClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationSitemapClient"/> class without options, for test doubles
    /// that override operations.
    /// </summary>
    protected IntegrationSitemapClient()
    {
    }

    private protected override string Kind => "sitemap";

    /// <summary>Starts to synchronize the dataset, at most once in 15 minutes.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the integration. The work continues after the answer.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the integration does not exist. <see cref="ErrorCodes.Conflict"/>: the
    /// integration has no dataset.
    /// </exception>
    public virtual Task<IdResponse> SyncAsync(string integrationId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(
            Route.Of("/api/v1/integration/sitemap/{sitemapIntegrationId}/sync", integrationId), record: null, cancellationToken);
}
