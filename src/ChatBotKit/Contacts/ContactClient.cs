namespace ChatBotKit;

/// <summary>Contacts: the people that bots talk with.</summary>
public class ContactClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="ContactClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public ContactClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ContactClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public ContactClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ContactClient"/> class without options, for fakes that override the
    /// operations that they need.
    /// </summary>
    protected ContactClient()
    {
    }

    /// <summary>Gets the sessions of contacts, for ending them all at once.</summary>
    public virtual ContactSessionClient Session => field ??= new ContactSessionClient(this);

    /// <summary>Gets the conversations of contacts.</summary>
    public virtual ContactConversationClient Conversation => field ??= new ContactConversationClient(this);

    /// <summary>Gets what is remembered about contacts.</summary>
    public virtual ContactMemoryClient Memory => field ??= new ContactMemoryClient(this);

    /// <summary>Gets the ratings that contacts gave.</summary>
    public virtual ContactRatingClient Rating => field ??= new ContactRatingClient(this);

    /// <summary>
    /// Gets the personal credentials of contacts. The credential of this client itself has the same name on the base class and
    /// is read with a cast to <see cref="ChatBotKitClient"/>.
    /// </summary>
    public new virtual ContactSecretClient Secret => field ??= new ContactSecretClient(this);

    /// <summary>Gets the spaces of contacts.</summary>
    public virtual ContactSpaceClient Space => field ??= new ContactSpaceClient(this);

    /// <summary>Gets the tasks of contacts.</summary>
    public virtual ContactTaskClient Task => field ??= new ContactTaskClient(this);

    /// <summary>Lists the contacts, newest first if nothing else is asked for.</summary>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Awaited one page, enumerated the contacts of all pages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often.
    /// </exception>
    public virtual ResponsePromise<ListResponse<ContactItem>, ContactItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<ContactItem>(new Route("/api/v1/contact/list"), request, cancellationToken);

    /// <summary>Exports the contacts.</summary>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Awaited one page, enumerated the contacts of all pages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often.
    /// </exception>
    public virtual ResponsePromise<ListResponse<ContactItem>, ContactItem> ExportAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<ContactItem>(new Route("/api/v1/contact/export"), request, cancellationToken);

    /// <summary>Exports the contacts as a CSV file.</summary>
    /// <param name="destination">Where the file is written; it stays open.</param>
    /// <param name="request">Which part of the list; null for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that ends when the file is complete.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often. <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke; a part of the
    /// file is written.
    /// </exception>
    public virtual Task ExportCsvAsync(Stream destination, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        ExportCsvAsync(new Route("/api/v1/contact/export"), destination, request, cancellationToken);

    /// <summary>Creates a contact.</summary>
    /// <param name="request">What the contact is like; null makes an empty one.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the contact.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.Conflict"/>: another
    /// contact has the fingerprint. <see cref="ErrorCodes.LimitsReached"/>: the plan of the account allows no more contacts.
    /// </exception>
    public virtual Task<IdResponse> CreateAsync(ContactCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(new Route("/api/v1/contact/create"), request, cancellationToken);

    /// <summary>
    /// Finds a contact by its fingerprint, or makes it. One that is found is not changed, whatever else the request
    /// says; use <see cref="UpdateAsync"/> for that.
    /// </summary>
    /// <param name="request">The fingerprint, and what a new contact is like.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the contact.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.InternalServerError"/>:
    /// the contact that was found is not verified.
    /// </exception>
    public virtual Task<IdResponse> EnsureAsync(ContactEnsureRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(new Route("/api/v1/contact/ensure"), request, cancellationToken);
    }

    /// <summary>Fetches a contact.</summary>
    /// <param name="contactId">The id of the contact.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The contact.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: there is no such contact.</exception>
    public virtual Task<ContactItem> FetchAsync(string contactId, CancellationToken cancellationToken = default) =>
        GetAsync<ContactItem>(Route.Of("/api/v1/contact/{contactId}/fetch", contactId), query: null, cancellationToken);

    /// <summary>Changes a contact; fields that are not set stay as they are.</summary>
    /// <param name="contactId">The id of the contact.</param>
    /// <param name="request">What changes.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the contact.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: there is no
    /// such contact. <see cref="ErrorCodes.Conflict"/>: another contact has the fingerprint.
    /// </exception>
    public virtual Task<IdResponse> UpdateAsync(
        string contactId, ContactUpdateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(Route.Of("/api/v1/contact/{contactId}/update", contactId), request, cancellationToken);
    }

    /// <summary>Deletes a contact with its memories, tasks and personal credentials. Its conversations stay.</summary>
    /// <param name="contactId">The id of the contact.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the contact.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: there is no such contact.</exception>
    public virtual Task<IdResponse> DeleteAsync(string contactId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/contact/{contactId}/delete", contactId), record: null, cancellationToken);
}
