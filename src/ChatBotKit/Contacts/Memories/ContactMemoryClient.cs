namespace ChatBotKit;

/// <summary>Reads and searches what bots remember about a contact.</summary>
public class ContactMemoryClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="ContactMemoryClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public ContactMemoryClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ContactMemoryClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public ContactMemoryClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ContactMemoryClient"/> class without options, for fakes that override
    /// the operations that they need.
    /// </summary>
    protected ContactMemoryClient()
    {
    }

    /// <summary>Lists the memories about a contact, newest first if nothing else is asked for.</summary>
    /// <param name="contactId">The id of the contact.</param>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Awaited one page, enumerated the memories of all pages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: there is
    /// no such contact. <see cref="ErrorCodes.TooManyRequests"/>: lists were asked for too often.
    /// </exception>
    public virtual ResponsePromise<ListResponse<MemoryItem>, MemoryItem> ListAsync(
        string contactId, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<MemoryItem>(Route.Of("/api/v1/contact/{contactId}/memory/list", contactId), request, cancellationToken);

    /// <summary>Looks for memories about a contact by their meaning.</summary>
    /// <param name="contactId">The id of the contact.</param>
    /// <param name="request">What to look for.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The memories that were found, the best first.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the search is not valid. <see cref="ErrorCodes.NotFound"/>: there is no such
    /// contact.
    /// </exception>
    public virtual Task<MemorySearchResponse> SearchAsync(
        string contactId, ContactMemorySearchRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<MemorySearchResponse>(Route.Of("/api/v1/contact/{contactId}/memory/search", contactId), request, cancellationToken);
    }
}
