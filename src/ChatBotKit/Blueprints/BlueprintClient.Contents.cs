namespace ChatBotKit;

public partial class BlueprintClient
{
    /// <summary>Lists the resources of a blueprint.</summary>
    /// <param name="blueprintId">The id or alias of the blueprint.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The resources, by their kind.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: there is no such blueprint. <see cref="ErrorCodes.TooManyRequests"/>: lists were
    /// asked for too often.
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
    /// <see cref="ErrorCodes.NotFound"/>: there is no such blueprint. <see cref="ErrorCodes.TooManyRequests"/>: lists were
    /// asked for too often.
    /// </exception>
    public virtual Task<BlueprintResourcesResponse> ExportResourcesAsync(
        string blueprintId, CancellationToken cancellationToken = default) =>
        GetAsync<BlueprintResourcesResponse>(Route.Of("/api/v1/blueprint/{blueprintId}/resource/export", blueprintId), query: null, cancellationToken);

    /// <summary>Exports the resources of a blueprint as a file for Terraform, without credentials.</summary>
    /// <param name="blueprintId">The id or alias of the blueprint.</param>
    /// <param name="destination">Where the file is written; it stays open.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that ends when the file is complete.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: there is no such blueprint. <see cref="ErrorCodes.TooManyRequests"/>: lists were
    /// asked for too often. <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke; a part of the file is
    /// written.
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

    /// <summary>Brings resources into a blueprint: all of them, or none when one is not acceptable.</summary>
    /// <param name="blueprintId">The id or alias of the blueprint.</param>
    /// <param name="request">The resources.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The blueprint and the resources that were made and changed.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: references go in circles, or a resource is not valid.
    /// <see cref="ErrorCodes.NotFound"/>: there is no such blueprint. <see cref="ErrorCodes.LimitsReached"/>: the plan of
    /// the account allows no more.
    /// </exception>
    public virtual Task<BlueprintResourcesResponse> ImportResourcesAsync(
        string blueprintId, BlueprintImportRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<BlueprintResourcesResponse>(Route.Of("/api/v1/blueprint/{blueprintId}/resource/import", blueprintId), request, cancellationToken);
    }

    /// <summary>Lists the notes of a blueprint, newest first. It has 50 at most.</summary>
    /// <param name="blueprintId">The id or alias of the blueprint.</param>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Awaited one page, enumerated the notes of all pages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: there is
    /// no such blueprint. <see cref="ErrorCodes.TooManyRequests"/>: lists were asked for too often.
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
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: there is no
    /// such blueprint.
    /// </exception>
    public virtual Task<BlueprintBulletinCreateResponse> CreateBulletinAsync(
        string blueprintId, BlueprintBulletinCreateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<BlueprintBulletinCreateResponse>(Route.Of("/api/v1/blueprint/{blueprintId}/bulletin/create", blueprintId), request, cancellationToken);
    }
}
