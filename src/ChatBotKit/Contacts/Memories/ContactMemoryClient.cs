namespace ChatBotKit;

/// <summary>What bots remember about a contact.</summary>
public class ContactMemoryClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public ContactMemoryClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public ContactMemoryClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected ContactMemoryClient()
    {
    }

    /// <summary>Lists the memories about a contact, newest first if nothing else is asked for.</summary>
    /// <param name="contactId">The id of the contact.</param>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
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
    /// <param name="cancellationToken">Ends the call.</param>
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
