namespace ChatBotKit;

/// <summary>Integrations that fill a dataset from a web site.</summary>
public class IntegrationSitemapClient
    : IntegrationKindClient<IntegrationSitemapItem, IntegrationSitemapCreateRequest, IntegrationSitemapUpdateRequest>
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public IntegrationSitemapClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public IntegrationSitemapClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected IntegrationSitemapClient()
    {
    }

    private protected override string Kind => "sitemap";

    /// <summary>Begins to bring the dataset up to date, once in 15 minutes at most.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The id of the integration; the work goes on after that.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: there is no such integration. <see cref="ErrorCodes.Conflict"/>: the integration
    /// has no dataset.
    /// </exception>
    public virtual Task<IdResponse> SyncAsync(string integrationId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(
            Route.Of("/api/v1/integration/sitemap/{sitemapIntegrationId}/sync", integrationId), record: null, cancellationToken);
}
