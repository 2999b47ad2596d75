namespace ChatBotKit;

/// <summary>
/// Provides the operations that integrations of every kind have: <c>/api/v1/integration/{kind}/list</c>, <c>/create</c> and
/// <c>/{integrationId}/fetch</c>, <c>/update</c>, <c>/delete</c>. Only the owner of an integration can access it.
/// </summary>
/// <typeparam name="TItem">The type of an integration of the kind.</typeparam>
/// <typeparam name="TCreate">The type of the request that creates an integration.</typeparam>
/// <typeparam name="TUpdate">The type of the request that updates an integration.</typeparam>
public abstract class IntegrationKindClient<TItem, TCreate, TUpdate> : ChatBotKitClient
    where TItem : IntegrationItem
    where TCreate : IntegrationCreateRequest
    where TUpdate : IntegrationUpdateRequest
{
    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationKindClient{TItem, TCreate, TUpdate}"/> class.
    /// </summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    protected IntegrationKindClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationKindClient{TItem, TCreate, TUpdate}"/> class with the options
    /// and connections of another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    protected IntegrationKindClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationKindClient{TItem, TCreate, TUpdate}"/> class without
    /// options, for test doubles that override operations.
    /// </summary>
    protected IntegrationKindClient()
    {
    }

    /// <summary>The name of the kind in paths.</summary>
    private protected abstract string Kind { get; }

    /// <summary>Lists the integrations of this kind, newest first by default: <c>/api/v1/integration/{kind}/list</c>.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the integrations of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<TItem>, TItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<TItem>(new Route($"/api/v1/integration/{Kind}/list"), request, cancellationToken);

    /// <summary>Creates an integration: <c>/api/v1/integration/{kind}/create</c>.</summary>
    /// <param name="request">The settings; null creates an integration without settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the integration.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the
    /// request refers to something that does not exist. <see cref="ErrorCodes.Conflict"/>: another integration of the kind
    /// already has the alias. <see cref="ErrorCodes.LimitsReached"/>: the plan of the account allows no more integrations.
    /// </exception>
    public virtual Task<IdResponse> CreateAsync(TCreate? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(new Route($"/api/v1/integration/{Kind}/create"), request, cancellationToken);

    /// <summary>Fetches an integration: <c>/api/v1/integration/{kind}/{integrationId}/fetch</c>. Credentials are masked.</summary>
    /// <param name="integrationId">The id of the integration, or its alias with @ before it.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The integration.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the integration does not exist.</exception>
    public virtual Task<TItem> FetchAsync(string integrationId, CancellationToken cancellationToken = default) =>
        GetAsync<TItem>(RouteOf("fetch", integrationId), query: null, cancellationToken);

    /// <summary>
    /// Updates an integration: <c>/api/v1/integration/{kind}/{integrationId}/update</c>. Fields that are not set keep their
    /// values, except for the alias; see <see cref="IntegrationUpdateRequest.Alias"/>.
    /// </summary>
    /// <param name="integrationId">The id of the integration, or its alias with @ before it.</param>
    /// <param name="request">The fields to update.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the integration.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the
    /// integration does not exist, or the request refers to something that does not exist.
    /// <see cref="ErrorCodes.Conflict"/>: another integration of the kind already has the alias.
    /// </exception>
    public virtual Task<IdResponse> UpdateAsync(string integrationId, TUpdate request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(RouteOf("update", integrationId), request, cancellationToken);
    }

    /// <summary>
    /// Deletes an integration: <c>/api/v1/integration/{kind}/{integrationId}/delete</c>. The conversations that it started
    /// stay.
    /// </summary>
    /// <param name="integrationId">The id of the integration, or its alias with @ before it.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the integration.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the integration does not exist.</exception>
    public virtual Task<IdResponse> DeleteAsync(string integrationId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(RouteOf("delete", integrationId), record: null, cancellationToken);

    private Route RouteOf(string operation, string integrationId) =>
        Route.Of($"/api/v1/integration/{Kind}/{{{Kind}IntegrationId}}/{operation}", integrationId);
}
