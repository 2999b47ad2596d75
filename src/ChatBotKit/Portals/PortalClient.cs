namespace ChatBotKit;

/// <summary>Portals: sites on which the people of a team use bots.</summary>
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
    /// Initializes a new instance of the <see cref="PortalClient"/> class without options, for fakes that override the
    /// operations that they need.
    /// </summary>
    protected PortalClient()
    {
    }

    /// <summary>Lists the portals, newest first if nothing else is asked for.</summary>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Awaited one page, enumerated the portals of all pages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often.
    /// </exception>
    public virtual ResponsePromise<ListResponse<PortalItem>, PortalItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<PortalItem>(new Route("/api/v1/portal/list"), request, cancellationToken);

    /// <summary>Creates a portal.</summary>
    /// <param name="request">What the portal is like; null makes an empty one.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the portal.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the request
    /// refers to something that does not exist. <see cref="ErrorCodes.Conflict"/>: another portal has the alias or the slug.
    /// <see cref="ErrorCodes.LimitsReached"/>: the plan of the account allows no more portals.
    /// </exception>
    public virtual Task<IdResponse> CreateAsync(PortalCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(new Route("/api/v1/portal/create"), request, cancellationToken);

    /// <summary>Fetches a portal.</summary>
    /// <param name="portalId">The id or alias of the portal.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The portal.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: there is no such portal.</exception>
    public virtual Task<PortalItem> FetchAsync(string portalId, CancellationToken cancellationToken = default) =>
        GetAsync<PortalItem>(Route.Of("/api/v1/portal/{portalId}/fetch", portalId), query: null, cancellationToken);

    /// <summary>Changes a portal; fields that are not set stay as they are.</summary>
    /// <param name="portalId">The id or alias of the portal.</param>
    /// <param name="request">What changes.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the portal.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: there is no
    /// such portal, or the request refers to something that does not exist. <see cref="ErrorCodes.Conflict"/>: another
    /// portal has the alias or the slug.
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
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: there is no such portal.</exception>
    public virtual Task<IdResponse> DeleteAsync(string portalId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/portal/{portalId}/delete", portalId), record: null, cancellationToken);
}
