namespace ChatBotKit;

/// <summary>
/// The keys that sign session tokens, for the owner of the server. They belong to the server of this project; the hosted
/// service does not show its own.
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
    /// Initializes a new instance of the <see cref="SessionKeyClient"/> class without options, for fakes that override the
    /// operations that they need.
    /// </summary>
    protected SessionKeyClient()
    {
    }

    /// <summary>Lists the keys, newest first. There is one page only.</summary>
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
    /// Creates a new key that signs from now on. What the old one signed stays good. The server does the same by itself on a
    /// schedule.
    /// </summary>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the new key.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotAuthorized"/>: the caller is not the owner of the server.
    /// </exception>
    public virtual Task<IdResponse> RotateAsync(CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/session/key/rotate"), record: null, cancellationToken);

    /// <summary>
    /// Withdraws a key that got into wrong hands: every token that it signed is refused from now on, the streams that were
    /// opened with them are closed, and a new key signs.
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
