namespace ChatBotKit;

/// <summary>
/// The API tokens of the server, for its owner. They belong to the server of this project; the hosted service has nothing like
/// it.
/// </summary>
public class ServerTokenClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public ServerTokenClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public ServerTokenClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected ServerTokenClient()
    {
    }

    /// <summary>Lists the tokens, newest first if nothing else is asked for, without the tokens themselves.</summary>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Awaited one page, enumerated the tokens of all pages.</returns>
    /// <exception cref="ChatBotKitException">The call failed.</exception>
    public virtual ResponsePromise<ListResponse<ServerTokenItem>, ServerTokenItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<ServerTokenItem>(Route.Of("/api/v1/server/token/list"), request, cancellationToken);

    /// <summary>Makes a token, which may do everything that its maker may.</summary>
    /// <param name="request">What the token is called and when it ends; null for one without a name and an end.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The token. It cannot be read again.</returns>
    /// <exception cref="ChatBotKitException">The call failed, with code <c>LIMITS_REACHED</c> when there are too many tokens.</exception>
    public virtual Task<ServerTokenCreateResponse> CreateAsync(
        ServerTokenCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<ServerTokenCreateResponse>(Route.Of("/api/v1/server/token/create"), request, cancellationToken);

    /// <summary>Fetches what is known about a token.</summary>
    /// <param name="tokenId">The id of the token, which is not the token itself.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The token, without the token itself.</returns>
    /// <exception cref="ChatBotKitException">The call failed, with code <c>NOT_FOUND</c> when there is no such token.</exception>
    public virtual Task<ServerTokenItem> FetchAsync(string tokenId, CancellationToken cancellationToken = default) =>
        GetAsync<ServerTokenItem>(Route.Of("/api/v1/server/token/{tokenId}/fetch", tokenId), query: null, cancellationToken);

    /// <summary>Revokes a token: it is refused from now on, and the streams that it has open end.</summary>
    /// <param name="tokenId">The id of the token, which is not the token itself.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The id of the token.</returns>
    /// <exception cref="ChatBotKitException">
    /// The call failed, with code <c>NOT_FOUND</c> when there is no such token, and <c>CONFLICT</c> when no other one is good.
    /// </exception>
    public virtual Task<IdResponse> RevokeAsync(string tokenId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/server/token/{tokenId}/revoke", tokenId), record: null, cancellationToken);
}
