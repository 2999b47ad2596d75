namespace ChatBotKit;

/// <summary>Lists and searches the memories about a contact.</summary>
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
    /// Initializes a new instance of the <see cref="ContactMemoryClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected ContactMemoryClient()
    {
    }

    /// <summary>Lists the memories about a contact, newest first by default.</summary>
    /// <param name="contactId">The id of the contact.</param>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the memories of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: the
    /// contact does not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<MemoryItem>, MemoryItem> ListAsync(
        string contactId, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<MemoryItem>(Route.Of("/api/v1/contact/{contactId}/memory/list", contactId), request, cancellationToken);

    /// <summary>Searches the memories about a contact by meaning.</summary>
    /// <param name="contactId">The id of the contact.</param>
    /// <param name="request">The search.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The memories that were found, best match first.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the search is not valid. <see cref="ErrorCodes.NotFound"/>: the contact does
    /// not exist.
    /// </exception>
    public virtual Task<MemorySearchResponse> SearchAsync(
        string contactId, ContactMemorySearchRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<MemorySearchResponse>(Route.Of("/api/v1/contact/{contactId}/memory/search", contactId), request, cancellationToken);
    }
}
