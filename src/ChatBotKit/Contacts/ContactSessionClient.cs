namespace ChatBotKit;

/// <summary>
/// The sessions of contacts. They belong to the server of this project; the hosted service does not have them.
/// </summary>
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
    /// Initializes a new instance of the <see cref="ContactSessionClient"/> class without options, for fakes that override
    /// the operations that they need.
    /// </summary>
    protected ContactSessionClient()
    {
    }

    /// <summary>Ends all sessions of a contact, in whatever conversation they are.</summary>
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
