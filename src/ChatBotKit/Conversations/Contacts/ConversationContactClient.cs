namespace ChatBotKit;

/// <summary>Links stored conversations to contacts.</summary>
public class ConversationContactClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="ConversationContactClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public ConversationContactClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ConversationContactClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public ConversationContactClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ConversationContactClient"/> class without options, for test doubles
    /// that override operations.
    /// </summary>
    protected ConversationContactClient()
    {
    }

    /// <summary>Finds or creates the contact with these details, and links the conversation to it.</summary>
    /// <param name="conversationId">The id of the conversation.</param>
    /// <param name="request">The details of the contact; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the contact.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the
    /// conversation does not exist. <see cref="ErrorCodes.NotModified"/>: the conversation has a contact already. The
    /// hosted service answers without an id, which the official clients report as a failure too.
    /// <see cref="ErrorCodes.ContactMismatch"/>: the session belongs to another contact.
    /// <see cref="ErrorCodes.PermissionMissing"/>: the session does not have the permission <c>contact:write</c>.
    /// </exception>
    public virtual Task<IdResponse> UpsertAsync(
        string conversationId, ContactUpsertRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.OfConversation("contact/upsert", conversationId), request, cancellationToken);
}
