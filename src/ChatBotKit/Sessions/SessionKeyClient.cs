namespace ChatBotKit;

/// <summary>
/// Manages the keys that sign session tokens, for the owner of the server. Only the server of this project supports this;
/// the hosted service does not.
/// </summary>
public class SessionKeyClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="SessionKeyClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public SessionKeyClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="SessionKeyClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public SessionKeyClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="SessionKeyClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected SessionKeyClient()
    {
    }

    /// <summary>Lists the keys, newest first. The list has one page.</summary>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The keys, without their private halves.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time. <see cref="ErrorCodes.NotAuthorized"/>: the caller is not the owner
    /// of the server.
    /// </exception>
    public virtual Task<ListResponse<SessionKeyItem>> ListAsync(CancellationToken cancellationToken = default) =>
        GetAsync<ListResponse<SessionKeyItem>>(Route.Of("/api/v1/session/key/list"), query: null, cancellationToken);

    /// <summary>
    /// Creates a new key, which signs all tokens from now on. Tokens that the old key signed stay valid. The server also
    /// does this on a schedule.
    /// </summary>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the new key.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotAuthorized"/>: the caller is not the owner of the server.
    /// </exception>
    public virtual Task<IdResponse> RotateAsync(CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/session/key/rotate"), record: null, cancellationToken);

    /// <summary>
    /// Revokes a key that was stolen: all tokens that it signed are refused from now on, their open streams are closed, and
    /// a new key signs.
    /// </summary>
    /// <param name="keyId">The id of the key.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the key.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the key does not exist. <see cref="ErrorCodes.NotAuthorized"/>: the caller is not
    /// the owner of the server.
    /// </exception>
    public virtual Task<IdResponse> RevokeAsync(string keyId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/session/key/{keyId}/revoke", keyId), record: null, cancellationToken);
}
