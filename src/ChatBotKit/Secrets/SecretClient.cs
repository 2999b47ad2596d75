namespace ChatBotKit;

/// <summary>
/// Manages secrets: credentials that abilities use. Their values can be set but never read. An alias with @ before it can
/// replace an id.
/// </summary>
public class SecretClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="SecretClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public SecretClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="SecretClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public SecretClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="SecretClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected SecretClient()
    {
    }

    /// <summary>Lists the secrets, newest first by default.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the secrets of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<SecretItem>, SecretItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<SecretItem>(new Route("/api/v1/secret/list"), request, cancellationToken);

    /// <summary>Creates a secret.</summary>
    /// <param name="request">The settings of the secret; null creates a secret without settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the secret.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the
    /// request refers to something that does not exist. <see cref="ErrorCodes.Conflict"/>: another secret already has the
    /// alias, or the request gives a value to a personal secret. <see cref="ErrorCodes.LimitsReached"/>: the plan of the
    /// account allows no more secrets.
    /// </exception>
    public virtual Task<IdResponse> CreateAsync(SecretCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(new Route("/api/v1/secret/create"), request, cancellationToken);

    /// <summary>Fetches a secret without its value.</summary>
    /// <param name="secretId">The id of the secret.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The secret.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the secret does not exist.</exception>
    public virtual Task<SecretItem> FetchAsync(string secretId, CancellationToken cancellationToken = default) =>
        GetAsync<SecretItem>(Route.Of("/api/v1/secret/{secretId}/fetch", secretId), query: null, cancellationToken);

    /// <summary>Updates a secret. Fields that are not set keep their values.</summary>
    /// <param name="secretId">The id of the secret.</param>
    /// <param name="request">The fields to update.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the secret.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the secret
    /// does not exist, or the request refers to something that does not exist. <see cref="ErrorCodes.Conflict"/>: another
    /// secret already has the alias, or the request gives a value to a personal secret.
    /// </exception>
    public virtual Task<IdResponse> UpdateAsync(string secretId, SecretUpdateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(Route.Of("/api/v1/secret/{secretId}/update", secretId), request, cancellationToken);
    }

    /// <summary>Deletes a secret with all its values. Abilities that used it stay, without a secret.</summary>
    /// <param name="secretId">The id of the secret.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the secret.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the secret does not exist.</exception>
    public virtual Task<IdResponse> DeleteAsync(string secretId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/secret/{secretId}/delete", secretId), record: null, cancellationToken);

    /// <summary>Verifies that a secret can be used.</summary>
    /// <param name="secretId">The id of the secret.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Whether the secret can be used and, if not, what the owner has to do.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the secret does not exist.</exception>
    public virtual Task<SecretVerifyResponse> VerifyAsync(string secretId, CancellationToken cancellationToken = default) =>
        PostAsync<SecretVerifyResponse>(Route.Of("/api/v1/secret/{secretId}/verify", secretId), record: null, cancellationToken);

    /// <summary>Starts the sign-in with the provider of a shared secret.</summary>
    /// <param name="secretId">The id of the secret.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The page to open in a browser, valid for 15 minutes.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the secret does not exist. <see cref="ErrorCodes.Conflict"/>: the secret is
    /// personal.
    /// </exception>
    public virtual Task<SecretAuthenticateResponse> AuthenticateAsync(string secretId, CancellationToken cancellationToken = default) =>
        PostAsync<SecretAuthenticateResponse>(Route.Of("/api/v1/secret/{secretId}/authenticate", secretId), record: null, cancellationToken);

    /// <summary>Revokes the value of a shared secret. A token of an OAuth provider is also revoked at the provider.</summary>
    /// <param name="secretId">The id of the secret.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the secret.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the secret does not exist, or it has no value. <see cref="ErrorCodes.Conflict"/>:
    /// the secret is personal.
    /// </exception>
    public virtual Task<IdResponse> RevokeAsync(string secretId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/secret/{secretId}/revoke", secretId), record: null, cancellationToken);
}
