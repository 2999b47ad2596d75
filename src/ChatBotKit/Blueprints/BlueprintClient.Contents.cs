namespace ChatBotKit;

public partial class BlueprintClient
{
    /// <summary>Lists the resources of a blueprint.</summary>
    /// <param name="blueprintId">The id or alias of the blueprint.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The resources, by their kind.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the blueprint does not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many
    /// lists were requested in a short time.
    /// </exception>
    public virtual Task<BlueprintResourcesResponse> ListResourcesAsync(string blueprintId, CancellationToken cancellationToken = default) =>
        GetAsync<BlueprintResourcesResponse>(Route.Of("/api/v1/blueprint/{blueprintId}/resource/list", blueprintId), query: null, cancellationToken);

    /// <summary>
    /// Exports the resources of a blueprint, without credentials, in the form in which they can be imported.
    /// </summary>
    /// <param name="blueprintId">The id or alias of the blueprint.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The resources, by their kind.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the blueprint does not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many
    /// lists were requested in a short time.
    /// </exception>
    public virtual Task<BlueprintResourcesResponse> ExportResourcesAsync(
        string blueprintId, CancellationToken cancellationToken = default) =>
        GetAsync<BlueprintResourcesResponse>(Route.Of("/api/v1/blueprint/{blueprintId}/resource/export", blueprintId), query: null, cancellationToken);

    /// <summary>Exports the resources of a blueprint as a file for Terraform, without credentials.</summary>
    /// <param name="blueprintId">The id or alias of the blueprint.</param>
    /// <param name="destination">The stream that the file is written to. It is left open.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that completes when the whole file is written.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the blueprint does not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many
    /// lists were requested in a short time. <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke after a
    /// part of the file was written.
    /// </exception>
    public virtual Task ExportResourcesTerraformAsync(string blueprintId, Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var options = new ClientFetchOptions
        {
            Headers = new Dictionary<string, string> { ["Accept"] = "application/terraform+hcl" },
            CancellationToken = cancellationToken,
        };
        return DownloadAsync(Route.Of("/api/v1/blueprint/{blueprintId}/resource/export", blueprintId), options, destination);
    }

    /// <summary>Imports resources into a blueprint. When one of them is not valid, none is imported.</summary>
    /// <param name="blueprintId">The id or alias of the blueprint.</param>
    /// <param name="request">The resources.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The blueprint, and the resources that were created and updated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the references form a cycle, or a resource is not valid.
    /// <see cref="ErrorCodes.NotFound"/>: the blueprint does not exist. <see cref="ErrorCodes.LimitsReached"/>: the plan of
    /// the account allows no more.
    /// </exception>
    public virtual Task<BlueprintResourcesResponse> ImportResourcesAsync(
        string blueprintId, BlueprintImportRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<BlueprintResourcesResponse>(Route.Of("/api/v1/blueprint/{blueprintId}/resource/import", blueprintId), request, cancellationToken);
    }

    /// <summary>Lists the notes of a blueprint, newest first. A blueprint has at most 50.</summary>
    /// <param name="blueprintId">The id or alias of the blueprint.</param>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the notes of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: the
    /// blueprint does not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<BlueprintBulletinItem>, BlueprintBulletinItem> ListBulletinsAsync(
        string blueprintId, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<BlueprintBulletinItem>(Route.Of("/api/v1/blueprint/{blueprintId}/bulletin/list", blueprintId), request, cancellationToken);

    /// <summary>Writes a note for all bots of a blueprint.</summary>
    /// <param name="blueprintId">The id or alias of the blueprint.</param>
    /// <param name="request">The note.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The note.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the
    /// blueprint does not exist.
    /// </exception>
    public virtual Task<BlueprintBulletinCreateResponse> CreateBulletinAsync(
        string blueprintId, BlueprintBulletinCreateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<BlueprintBulletinCreateResponse>(Route.Of("/api/v1/blueprint/{blueprintId}/bulletin/create", blueprintId), request, cancellationToken);
    }
}
