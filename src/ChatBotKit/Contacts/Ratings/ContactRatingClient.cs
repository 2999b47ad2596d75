namespace ChatBotKit;

/// <summary>Lists the ratings by a contact.</summary>
public class ContactRatingClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="ContactRatingClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public ContactRatingClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ContactRatingClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public ContactRatingClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ContactRatingClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected ContactRatingClient()
    {
    }

    /// <summary>Lists the ratings by a contact, newest first by default.</summary>
    /// <param name="contactId">The id of the contact.</param>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the ratings of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: the
    /// contact does not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<ContactRatingItem>, ContactRatingItem> ListAsync(
        string contactId, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<ContactRatingItem>(Route.Of("/api/v1/contact/{contactId}/rating/list", contactId), request, cancellationToken);
}
