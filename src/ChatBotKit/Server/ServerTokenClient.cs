namespace ChatBotKit;

/// <summary>
/// The API tokens of the server, for its owner. They belong to the server of this project; the hosted service has nothing like
/// it.
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
    /// Initializes a new instance of the <see cref="ServerTokenClient"/> class without options, for fakes that override the
    /// operations that they need.
    /// </summary>
    protected ServerTokenClient()
    {
    }

    /// <summary>Lists the tokens, newest first if nothing else is asked for, without the tokens themselves.</summary>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>One page when it is awaited, the tokens of all pages when it is enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often. <see cref="ErrorCodes.NotAuthorized"/>: the account is not that of the owner of the
    /// server.
    /// </exception>
    public virtual ResponsePromise<ListResponse<ServerTokenItem>, ServerTokenItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<ServerTokenItem>(Route.Of("/api/v1/server/token/list"), request, cancellationToken);

    /// <summary>Creates an API token, which may do everything that the caller may.</summary>
    /// <param name="request">What the token is called and when it ends; null for one without a name and an end.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The token. It cannot be read again.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the name or the end is not valid. <see cref="ErrorCodes.LimitsReached"/>: there are too
    /// many tokens. <see cref="ErrorCodes.NotAuthorized"/>: the account is not that of the owner of the server.
    /// </exception>
    public virtual Task<ServerTokenCreateResponse> CreateAsync(
        ServerTokenCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<ServerTokenCreateResponse>(Route.Of("/api/v1/server/token/create"), request, cancellationToken);

    /// <summary>Fetches what is known about a token.</summary>
    /// <param name="tokenId">The id of the token, which is not the token itself.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The token, without the token itself.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: there is no such token. <see cref="ErrorCodes.NotAuthorized"/>: the account is not that of
    /// the owner of the server.
    /// </exception>
    public virtual Task<ServerTokenItem> FetchAsync(string tokenId, CancellationToken cancellationToken = default) =>
        GetAsync<ServerTokenItem>(Route.Of("/api/v1/server/token/{tokenId}/fetch", tokenId), query: null, cancellationToken);

    /// <summary>Revokes a token: it is refused from now on, and the streams that it has open end.</summary>
    /// <param name="tokenId">The id of the token, which is not the token itself.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the token.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: there is no such token. <see cref="ErrorCodes.Conflict"/>: no other token is good, so nobody
    /// could get in any more. <see cref="ErrorCodes.NotAuthorized"/>: the account is not that of the owner of the server.
    /// </exception>
    public virtual Task<IdResponse> RevokeAsync(string tokenId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/server/token/{tokenId}/revoke", tokenId), record: null, cancellationToken);
}
