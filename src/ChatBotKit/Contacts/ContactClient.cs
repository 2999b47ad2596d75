namespace ChatBotKit;

/// <summary>Manages contacts: the people that bots talk with.</summary>
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
    /// Initializes a new instance of the <see cref="ContactClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected ContactClient()
    {
    }

    /// <summary>Gets the sessions of contacts, for revoking them all at once.</summary>
    public virtual ContactSessionClient Session => field ??= new ContactSessionClient(this);

    /// <summary>Gets the conversations of contacts.</summary>
    public virtual ContactConversationClient Conversation => field ??= new ContactConversationClient(this);

    /// <summary>Gets the memories about contacts.</summary>
    public virtual ContactMemoryClient Memory => field ??= new ContactMemoryClient(this);

    /// <summary>Gets the ratings by contacts.</summary>
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

    /// <summary>Lists the contacts, newest first by default.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the contacts of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<ContactItem>, ContactItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<ContactItem>(new Route("/api/v1/contact/list"), request, cancellationToken);

    /// <summary>Exports the contacts.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the contacts of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<ContactItem>, ContactItem> ExportAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<ContactItem>(new Route("/api/v1/contact/export"), request, cancellationToken);

    /// <summary>Exports the contacts as a CSV file.</summary>
    /// <param name="destination">The stream that the file is written to. It is left open.</param>
    /// <param name="request">The filters and the order; null for everything.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that completes when the whole file is written.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time. <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke
    /// after a part of the file was written.
    /// </exception>
    public virtual Task ExportCsvAsync(Stream destination, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        ExportCsvAsync(new Route("/api/v1/contact/export"), destination, request, cancellationToken);

    /// <summary>Creates a contact.</summary>
    /// <param name="request">The details of the contact; null creates a contact without details.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the contact.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.Conflict"/>: another
    /// contact already has the fingerprint. <see cref="ErrorCodes.LimitsReached"/>: the plan of the account allows no more
    /// contacts.
    /// </exception>
    public virtual Task<IdResponse> CreateAsync(ContactCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(new Route("/api/v1/contact/create"), request, cancellationToken);

    /// <summary>
    /// Finds a contact by its fingerprint, or creates it. A contact that is found is not changed by the other fields of the
    /// request; use <see cref="UpdateAsync"/> for that.
    /// </summary>
    /// <param name="request">The fingerprint, and the details of a new contact.</param>
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
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the contact does not exist.</exception>
    public virtual Task<ContactItem> FetchAsync(string contactId, CancellationToken cancellationToken = default) =>
        GetAsync<ContactItem>(Route.Of("/api/v1/contact/{contactId}/fetch", contactId), query: null, cancellationToken);

    /// <summary>Updates a contact. Fields that are not set keep their values.</summary>
    /// <param name="contactId">The id of the contact.</param>
    /// <param name="request">The fields to update.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the contact.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the
    /// contact does not exist. <see cref="ErrorCodes.Conflict"/>: another contact already has the fingerprint.
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
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the contact does not exist.</exception>
    public virtual Task<IdResponse> DeleteAsync(string contactId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/contact/{contactId}/delete", contactId), record: null, cancellationToken);
}
