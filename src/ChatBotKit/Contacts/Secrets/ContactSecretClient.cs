namespace ChatBotKit;

/// <summary>Manages the personal credentials of a contact: values of secrets whose kind is <see cref="SecretKind.Personal"/>.</summary>
public class ContactSecretClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="ContactSecretClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public ContactSecretClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ContactSecretClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public ContactSecretClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ContactSecretClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected ContactSecretClient()
    {
    }

    /// <summary>
    /// Lists the secrets for which the contact has a value. The items are the secrets, without their values. The hosted
    /// service returns the first page only.
    /// </summary>
    /// <param name="contactId">The id of the contact.</param>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the secrets of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: the
    /// contact does not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<SecretItem>, SecretItem> ListAsync(
        string contactId, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<SecretItem>(Route.Of("/api/v1/contact/{contactId}/secret/list", contactId), request, cancellationToken);

    /// <summary>Starts the sign-in by which a contact gets a value for a secret.</summary>
    /// <param name="contactId">The id of the contact.</param>
    /// <param name="secretId">The id or alias of the secret.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The page on which the contact signs in.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the contact or the secret does not exist. <see cref="ErrorCodes.Conflict"/>: the
    /// secret is shared, or the contact is not verified.
    /// </exception>
    public virtual Task<SecretAuthenticateResponse> AuthenticateAsync(
        string contactId, string secretId, CancellationToken cancellationToken = default) =>
        PostAsync<SecretAuthenticateResponse>(Route.Of("/api/v1/contact/{contactId}/secret/{secretId}/authenticate", contactId, secretId), record: null, cancellationToken);

    /// <summary>Checks whether a contact has a working value for a secret.</summary>
    /// <param name="contactId">The id of the contact.</param>
    /// <param name="secretId">The id or alias of the secret.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Whether the value works and, if not, what the contact has to do.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the contact or the secret does not exist. <see cref="ErrorCodes.Conflict"/>: the
    /// secret is shared, or the contact is not verified.
    /// </exception>
    public virtual Task<SecretVerifyResponse> VerifyAsync(
        string contactId, string secretId, CancellationToken cancellationToken = default) =>
        PostAsync<SecretVerifyResponse>(Route.Of("/api/v1/contact/{contactId}/secret/{secretId}/verify", contactId, secretId), record: null, cancellationToken);

    /// <summary>Deletes the value of a contact for a secret.</summary>
    /// <param name="contactId">The id of the contact.</param>
    /// <param name="secretId">The id or alias of the secret.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the secret.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the contact or the secret does not exist. <see cref="ErrorCodes.Conflict"/>: the
    /// secret is shared, or the contact is not verified.
    /// </exception>
    public virtual Task<IdResponse> RevokeAsync(string contactId, string secretId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/contact/{contactId}/secret/{secretId}/revoke", contactId, secretId), record: null, cancellationToken);
}
