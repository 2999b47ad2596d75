namespace ChatBotKit;

/// <summary>Manages portals: web sites on which the members of a team use bots.</summary>
public class PortalClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="PortalClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public PortalClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PortalClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public PortalClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PortalClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected PortalClient()
    {
    }

    /// <summary>Lists the portals, newest first by default.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the portals of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<PortalItem>, PortalItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<PortalItem>(new Route("/api/v1/portal/list"), request, cancellationToken);

    /// <summary>Creates a portal.</summary>
    /// <param name="request">The settings of the portal; null creates an empty portal.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the portal.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the
    /// request refers to something that does not exist. <see cref="ErrorCodes.Conflict"/>: another portal already has the
    /// alias or the slug. <see cref="ErrorCodes.LimitsReached"/>: the plan of the account allows no more portals.
    /// </exception>
    public virtual Task<IdResponse> CreateAsync(PortalCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(new Route("/api/v1/portal/create"), request, cancellationToken);

    /// <summary>Fetches a portal.</summary>
    /// <param name="portalId">The id or alias of the portal.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The portal.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the portal does not exist.</exception>
    public virtual Task<PortalItem> FetchAsync(string portalId, CancellationToken cancellationToken = default) =>
        GetAsync<PortalItem>(Route.Of("/api/v1/portal/{portalId}/fetch", portalId), query: null, cancellationToken);

    /// <summary>Updates a portal. Fields that are not set keep their values.</summary>
    /// <param name="portalId">The id or alias of the portal.</param>
    /// <param name="request">The fields to update.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the portal.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the portal
    /// does not exist, or the request refers to something that does not exist. <see cref="ErrorCodes.Conflict"/>: another
    /// portal already has the alias or the slug.
    /// </exception>
    public virtual Task<IdResponse> UpdateAsync(string portalId, PortalUpdateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(Route.Of("/api/v1/portal/{portalId}/update", portalId), request, cancellationToken);
    }

    /// <summary>Deletes a portal.</summary>
    /// <param name="portalId">The id or alias of the portal.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the portal.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the portal does not exist.</exception>
    public virtual Task<IdResponse> DeleteAsync(string portalId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/portal/{portalId}/delete", portalId), record: null, cancellationToken);
}
