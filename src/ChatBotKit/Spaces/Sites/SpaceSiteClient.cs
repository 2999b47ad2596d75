namespace ChatBotKit;

/// <summary>Manages web sites that show the files of spaces to everybody.</summary>
public class SpaceSiteClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="SpaceSiteClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public SpaceSiteClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="SpaceSiteClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public SpaceSiteClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="SpaceSiteClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected SpaceSiteClient()
    {
    }

    /// <summary>Lists the sites of a space, newest first by default.</summary>
    /// <param name="spaceId">The id of the space.</param>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the sites of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: the
    /// space does not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<SpaceSiteItem>, SpaceSiteItem> ListAsync(
        string spaceId, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<SpaceSiteItem>(Route.Of("/api/v1/space/{spaceId}/site/list", spaceId), request, cancellationToken);

    /// <summary>Creates a web site that shows the files of a space.</summary>
    /// <param name="spaceId">The id of the space.</param>
    /// <param name="request">The site.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the site.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the space
    /// does not exist. <see cref="ErrorCodes.Conflict"/>: another site already has the alias or the domain.
    /// <see cref="ErrorCodes.LimitsReached"/>: the plan of the account allows no more sites.
    /// </exception>
    public virtual Task<IdResponse> CreateAsync(
        string spaceId, SpaceSiteCreateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(Route.Of("/api/v1/space/{spaceId}/site/create", spaceId), request, cancellationToken);
    }

    /// <summary>Fetches a site.</summary>
    /// <param name="spaceId">The id of the space.</param>
    /// <param name="siteId">The id of the site.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The site.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the space or the site does not exist.</exception>
    public virtual Task<SpaceSiteItem> FetchAsync(string spaceId, string siteId, CancellationToken cancellationToken = default) =>
        GetAsync<SpaceSiteItem>(Route.Of("/api/v1/space/{spaceId}/site/{siteId}/fetch", spaceId, siteId), query: null, cancellationToken);

    /// <summary>Updates a site. Fields that are not set keep their values.</summary>
    /// <param name="spaceId">The id of the space.</param>
    /// <param name="siteId">The id of the site.</param>
    /// <param name="request">The fields to update.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the site.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the space
    /// or the site does not exist. <see cref="ErrorCodes.Conflict"/>: another site already has the alias or the domain.
    /// </exception>
    public virtual Task<IdResponse> UpdateAsync(
        string spaceId, string siteId, SpaceSiteUpdateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(Route.Of("/api/v1/space/{spaceId}/site/{siteId}/update", spaceId, siteId), request, cancellationToken);
    }

    /// <summary>Deletes a site; the files stay.</summary>
    /// <param name="spaceId">The id of the space.</param>
    /// <param name="siteId">The id of the site.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the site.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the space or the site does not exist.</exception>
    public virtual Task<IdResponse> DeleteAsync(string spaceId, string siteId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/space/{spaceId}/site/{siteId}/delete", spaceId, siteId), record: null, cancellationToken);
}
