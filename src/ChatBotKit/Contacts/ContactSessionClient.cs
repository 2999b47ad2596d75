namespace ChatBotKit;

/// <summary>
/// The sessions of contacts. They belong to the server of this project; the hosted service does not have them.
/// </summary>
public class ContactSessionClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public ContactSessionClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public ContactSessionClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected ContactSessionClient()
    {
    }

    /// <summary>Ends all sessions of a contact, in whatever conversation they are.</summary>
    /// <param name="contactId">The id of the contact.</param>
    /// <param name="request">Why; null for no reason.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many sessions were good until now.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: there is no such
    /// contact.
    /// </exception>
    public virtual Task<SessionRevokeResponse> RevokeAllAsync(
        string contactId, SessionRevokeRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<SessionRevokeResponse>(Route.Of("/api/v1/contact/{contactId}/session/revoke", contactId), request, cancellationToken);
}
