namespace ChatBotKit;

/// <summary>Reads the data that was extracted from conversations.</summary>
public class IntegrationExtractItemClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="IntegrationExtractItemClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public IntegrationExtractItemClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationExtractItemClient"/> class with the options and connections
    /// of another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public IntegrationExtractItemClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationExtractItemClient"/> class without options, for test doubles
    /// that override operations.
    /// </summary>
    protected IntegrationExtractItemClient()
    {
    }

    /// <summary>Lists the data that an integration has extracted, newest first by default.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="request">The filters, the order and the page; null for the first page.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The page.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: the
    /// integration does not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many lists were requested in a short time.
    /// </exception>
    public virtual Task<ListResponse<IntegrationExtractItemItem>> ListAsync(
        string integrationId, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        GetAsync<ListResponse<IntegrationExtractItemItem>>(
            Route.Of("/api/v1/integration/extract/{extractIntegrationId}/item/list", integrationId), QueryString.Of(request), cancellationToken);

    /// <summary>Exports the data that an integration has extracted.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="request">The filters, the order and the page; null for the first page.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The page.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: the
    /// integration does not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many lists were requested in a short time.
    /// </exception>
    public virtual Task<ListResponse<IntegrationExtractItemItem>> ExportAsync(
        string integrationId, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        GetAsync<ListResponse<IntegrationExtractItemItem>>(
            Route.Of("/api/v1/integration/extract/{extractIntegrationId}/item/export", integrationId), QueryString.Of(request), cancellationToken);
}
