namespace ChatBotKit;

/// <summary>What was extracted from conversations.</summary>
public class IntegrationExtractItemClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public IntegrationExtractItemClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public IntegrationExtractItemClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected IntegrationExtractItemClient()
    {
    }

    /// <summary>Lists what an integration has extracted, newest first if nothing else is asked for.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="request">Which part of the list; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>One page.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: there is
    /// no such integration. <see cref="ErrorCodes.TooManyRequests"/>: lists were asked for too often.
    /// </exception>
    public virtual Task<ListResponse<IntegrationExtractItemItem>> ListAsync(
        string integrationId, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        GetAsync<ListResponse<IntegrationExtractItemItem>>(
            Route.Of("/api/v1/integration/extract/{extractIntegrationId}/item/list", integrationId), QueryString.Of(request), cancellationToken);

    /// <summary>Exports what an integration has extracted.</summary>
    /// <param name="integrationId">The id of the integration.</param>
    /// <param name="request">Which part of the list; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>One page.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: there is
    /// no such integration. <see cref="ErrorCodes.TooManyRequests"/>: lists were asked for too often.
    /// </exception>
    public virtual Task<ListResponse<IntegrationExtractItemItem>> ExportAsync(
        string integrationId, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        GetAsync<ListResponse<IntegrationExtractItemItem>>(
            Route.Of("/api/v1/integration/extract/{extractIntegrationId}/item/export", integrationId), QueryString.Of(request), cancellationToken);
}
