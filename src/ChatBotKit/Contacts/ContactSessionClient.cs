namespace ChatBotKit;

/// <summary>Revokes the sessions of contacts. Only the server of this project supports this; the hosted service does not.</summary>
public class ContactSessionClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="ContactSessionClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public ContactSessionClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ContactSessionClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public ContactSessionClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ContactSessionClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected ContactSessionClient()
    {
    }

    /// <summary>Revokes all sessions of a contact, in every conversation.</summary>
    /// <param name="contactId">The id of the contact.</param>
    /// <param name="request">The reason; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The number of sessions that were revoked.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: the contact does not
    /// exist.
    /// </exception>
    public virtual Task<SessionRevokeResponse> RevokeAllAsync(
        string contactId, SessionRevokeRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<SessionRevokeResponse>(Route.Of("/api/v1/contact/{contactId}/session/revoke", contactId), request, cancellationToken);
}
