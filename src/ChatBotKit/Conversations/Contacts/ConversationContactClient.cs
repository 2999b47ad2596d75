namespace ChatBotKit;

/// <summary>Who stored conversations are with.</summary>
public class ConversationContactClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public ConversationContactClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public ConversationContactClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected ConversationContactClient()
    {
    }

    /// <summary>Finds or makes the contact with these details and links the conversation to it.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">Who it is.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The id of the contact.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: there is no
    /// such conversation. <see cref="ErrorCodes.NotModified"/>: the conversation has a contact already. The hosted service
    /// answers so without an id, which is a failure for the official clients too. <see cref="ErrorCodes.ContactMismatch"/>:
    /// the session belongs to another contact. <see cref="ErrorCodes.PermissionMissing"/>: the session was made without the
    /// permission <c>contact:write</c>.
    /// </exception>
    public virtual Task<IdResponse> UpsertAsync(
        string conversationId, ContactUpsertRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.OfConversation("contact/upsert", conversationId), request, cancellationToken);
}
