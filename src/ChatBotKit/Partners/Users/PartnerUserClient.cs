namespace ChatBotKit;

/// <summary>
/// Manages the users of a partner. With <see cref="ChatBotKitClientOptions.RunAsUserId"/>, the partner makes calls on
/// behalf of one of them.
/// </summary>
public class PartnerUserClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="PartnerUserClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public PartnerUserClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PartnerUserClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public PartnerUserClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PartnerUserClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected PartnerUserClient()
    {
    }

    /// <summary>Gets the contexts of users.</summary>
    public virtual PartnerUserContextClient Context => field ??= new PartnerUserContextClient(this);

    /// <summary>Gets the sessions of users.</summary>
    public virtual PartnerUserSessionClient Session => field ??= new PartnerUserSessionClient(this);

    /// <summary>Gets the API tokens of users.</summary>
    public virtual PartnerUserTokenClient Token => field ??= new PartnerUserTokenClient(this);

    /// <summary>Lists the users, newest first by default.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the users of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time. <see cref="ErrorCodes.NotAuthorized"/>: the account is not a partner
    /// account.
    /// </exception>
    public virtual ResponsePromise<ListResponse<PartnerUserItem>, PartnerUserItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<PartnerUserItem>(new Route("/api/v1/partner/user/list"), request, cancellationToken);

    /// <summary>Creates a user.</summary>
    /// <param name="request">The settings of the user; null creates a user without settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the user.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.Conflict"/>: another
    /// user already has the alias. <see cref="ErrorCodes.NotAuthorized"/>: the account is not a partner account.
    /// </exception>
    public virtual Task<IdResponse> CreateAsync(PartnerUserCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(new Route("/api/v1/partner/user/create"), request, cancellationToken);

    /// <summary>Fetches a user.</summary>
    /// <param name="userId">The id of the user.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The user.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the user does not exist. <see cref="ErrorCodes.NotAuthorized"/>: the account is
    /// not a partner account, or is not the parent of the user.
    /// </exception>
    public virtual Task<PartnerUserItem> FetchAsync(string userId, CancellationToken cancellationToken = default) =>
        GetAsync<PartnerUserItem>(Route.Of("/api/v1/partner/user/{userId}/fetch", userId), query: null, cancellationToken);

    /// <summary>Updates a user. Fields that are not set keep their values.</summary>
    /// <param name="userId">The id of the user.</param>
    /// <param name="request">The fields to update.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the user.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the user
    /// does not exist. <see cref="ErrorCodes.Conflict"/>: another user already has the alias.
    /// <see cref="ErrorCodes.NotAuthorized"/>: the account is not a partner account, or is not the parent of the user.
    /// </exception>
    public virtual Task<IdResponse> UpdateAsync(
        string userId, PartnerUserUpdateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(Route.Of("/api/v1/partner/user/{userId}/update", userId), request, cancellationToken);
    }

    /// <summary>Deletes a user.</summary>
    /// <param name="userId">The id of the user.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the user.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the user does not exist. <see cref="ErrorCodes.NotAuthorized"/>: the account is
    /// not a partner account, or is not the parent of the user.
    /// </exception>
    public virtual Task<IdResponse> DeleteAsync(string userId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/partner/user/{userId}/delete", userId), record: null, cancellationToken);
}
