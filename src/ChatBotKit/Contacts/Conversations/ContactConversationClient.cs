namespace ChatBotKit;

/// <summary>The conversations of a contact.</summary>
public class ContactConversationClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="ContactConversationClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public ContactConversationClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ContactConversationClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public ContactConversationClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ContactConversationClient"/> class without options, for fakes that
    /// override the operations that they need.
    /// </summary>
    protected ContactConversationClient()
    {
    }

    /// <summary>Lists the conversations of a contact, newest first if nothing else is asked for.</summary>
    /// <param name="contactId">The id of the contact.</param>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Awaited one page, enumerated the conversations of all pages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: there is
    /// no such contact. <see cref="ErrorCodes.TooManyRequests"/>: lists were asked for too often.
    /// </exception>
    public virtual ResponsePromise<ListResponse<ConversationItem>, ConversationItem> ListAsync(
        string contactId, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<ConversationItem>(Route.Of("/api/v1/contact/{contactId}/conversation/list", contactId), request, cancellationToken);
}
