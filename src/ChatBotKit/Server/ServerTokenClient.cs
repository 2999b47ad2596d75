namespace ChatBotKit;

/// <summary>
/// Manages the API tokens of the server, for its owner. Only the server of this project supports this; the hosted service
/// does not.
/// </summary>
public class ServerTokenClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="ServerTokenClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public ServerTokenClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ServerTokenClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public ServerTokenClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ServerTokenClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected ServerTokenClient()
    {
    }

    /// <summary>Lists the tokens, newest first by default, without the tokens themselves.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the tokens of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time. <see cref="ErrorCodes.NotAuthorized"/>: the caller is not the owner
    /// of the server.
    /// </exception>
    public virtual ResponsePromise<ListResponse<ServerTokenItem>, ServerTokenItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<ServerTokenItem>(Route.Of("/api/v1/server/token/list"), request, cancellationToken);

    /// <summary>Creates an API token with all rights of the caller.</summary>
    /// <param name="request">
    /// The name and the expiry time of the token; null creates a token without a name that does not expire.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The token, which is returned only here.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the name or the expiry time is not valid.
    /// <see cref="ErrorCodes.LimitsReached"/>: the server has reached its limit of tokens.
    /// <see cref="ErrorCodes.NotAuthorized"/>: the caller is not the owner of the server.
    /// </exception>
    public virtual Task<ServerTokenCreateResponse> CreateAsync(
        ServerTokenCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<ServerTokenCreateResponse>(Route.Of("/api/v1/server/token/create"), request, cancellationToken);

    /// <summary>Fetches the metadata of a token.</summary>
    /// <param name="tokenId">The id of the token, which is not the token itself.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The token, without the token itself.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the token does not exist. <see cref="ErrorCodes.NotAuthorized"/>: the caller is
    /// not the owner of the server.
    /// </exception>
    public virtual Task<ServerTokenItem> FetchAsync(string tokenId, CancellationToken cancellationToken = default) =>
        GetAsync<ServerTokenItem>(Route.Of("/api/v1/server/token/{tokenId}/fetch", tokenId), query: null, cancellationToken);

    /// <summary>Revokes a token: it is refused from now on, and its open streams are closed.</summary>
    /// <param name="tokenId">The id of the token, which is not the token itself.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the token.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the token does not exist. <see cref="ErrorCodes.Conflict"/>: it is the last valid
    /// token, and without it nobody could reach the server. <see cref="ErrorCodes.NotAuthorized"/>: the caller is not the
    /// owner of the server.
    /// </exception>
    public virtual Task<IdResponse> RevokeAsync(string tokenId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/server/token/{tokenId}/revoke", tokenId), record: null, cancellationToken);
}
