namespace ChatBotKit;

/// <summary>Manages the API tokens of a user. They do not expire.</summary>
public class PartnerUserTokenClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="PartnerUserTokenClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public PartnerUserTokenClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PartnerUserTokenClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public PartnerUserTokenClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PartnerUserTokenClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected PartnerUserTokenClient()
    {
    }

    /// <summary>Lists the tokens of a user, without the tokens themselves.</summary>
    /// <param name="userId">The id of the user.</param>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the tokens of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: the user
    /// does not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many lists were requested in a short time.
    /// <see cref="ErrorCodes.NotAuthorized"/>: the account is not a partner account, or is not the parent of the user.
    /// </exception>
    public virtual ResponsePromise<ListResponse<PartnerUserTokenItem>, PartnerUserTokenItem> ListAsync(
        string userId, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<PartnerUserTokenItem>(Route.Of("/api/v1/partner/user/{userId}/token/list", userId), request, cancellationToken);

    /// <summary>Creates a token.</summary>
    /// <param name="userId">The id of the user.</param>
    /// <param name="request">The settings of the token; null creates a token without restrictions.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The token, which is returned only here.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the user
    /// does not exist. <see cref="ErrorCodes.NotAuthorized"/>: the account is not a partner account, or is not the parent
    /// of the user.
    /// </exception>
    public virtual Task<PartnerUserTokenCreateResponse> CreateAsync(
        string userId, PartnerUserTokenCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<PartnerUserTokenCreateResponse>(Route.Of("/api/v1/partner/user/{userId}/token/create", userId), request, cancellationToken);

    /// <summary>Updates the metadata of a token. Fields that are not set keep their values.</summary>
    /// <param name="userId">The id of the user.</param>
    /// <param name="tokenId">The id of the token, which is not the token itself.</param>
    /// <param name="request">The fields to update.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the token.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the user
    /// or the token does not exist. <see cref="ErrorCodes.NotAuthorized"/>: the account is not a partner account, or is not
    /// the parent of the user.
    /// </exception>
    public virtual Task<IdResponse> UpdateAsync(
        string userId, string tokenId, PartnerUserTokenUpdateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(Route.Of("/api/v1/partner/user/{userId}/token/{tokenId}/update", userId, tokenId), request, cancellationToken);
    }

    /// <summary>Deletes a token. Calls with it are refused from then on.</summary>
    /// <param name="userId">The id of the user.</param>
    /// <param name="tokenId">The id of the token, which is not the token itself.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the token.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the user or the token does not exist. <see cref="ErrorCodes.NotAuthorized"/>: the
    /// account is not a partner account, or is not the parent of the user.
    /// </exception>
    public virtual Task<IdResponse> DeleteAsync(string userId, string tokenId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/partner/user/{userId}/token/{tokenId}/delete", userId, tokenId), record: null, cancellationToken);
}
