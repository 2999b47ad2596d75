namespace ChatBotKit;

/// <summary>Manages the contexts of a user: data that is kept for the user.</summary>
public class PartnerUserContextClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="PartnerUserContextClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public PartnerUserContextClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PartnerUserContextClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public PartnerUserContextClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PartnerUserContextClient"/> class without options, for test doubles
    /// that override operations.
    /// </summary>
    protected PartnerUserContextClient()
    {
    }

    /// <summary>Lists the contexts of a user, newest first by default.</summary>
    /// <param name="userId">The id of the user.</param>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the contexts of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: the user
    /// does not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many lists were requested in a short time.
    /// <see cref="ErrorCodes.NotAuthorized"/>: the account is not a partner account, or is not the parent of the user.
    /// </exception>
    public virtual ResponsePromise<ListResponse<PartnerUserContextItem>, PartnerUserContextItem> ListAsync(
        string userId, PartnerUserContextListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<PartnerUserContextItem>(Route.Of("/api/v1/partner/user/{userId}/context/list", userId), request, cancellationToken, Filters(request));

    /// <summary>Creates a context.</summary>
    /// <param name="userId">The id of the user.</param>
    /// <param name="request">The settings of the context; null creates a context without settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The whole context.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the user
    /// does not exist. <see cref="ErrorCodes.NotAuthorized"/>: the account is not a partner account, or is not the parent
    /// of the user.
    /// </exception>
    public virtual Task<PartnerUserContextItem> CreateAsync(
        string userId, PartnerUserContextCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<PartnerUserContextItem>(Route.Of("/api/v1/partner/user/{userId}/context/create", userId), request, cancellationToken);

    /// <summary>Fetches a context.</summary>
    /// <param name="userId">The id of the user.</param>
    /// <param name="contextId">The id of the context.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The context.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the user or the context does not exist. <see cref="ErrorCodes.NotAuthorized"/>:
    /// the account is not a partner account, or is not the parent of the user.
    /// </exception>
    public virtual Task<PartnerUserContextItem> FetchAsync(
        string userId, string contextId, CancellationToken cancellationToken = default) =>
        GetAsync<PartnerUserContextItem>(Route.Of("/api/v1/partner/user/{userId}/context/{contextId}/fetch", userId, contextId), query: null, cancellationToken);

    /// <summary>Updates a context. Fields that are not set keep their values.</summary>
    /// <param name="userId">The id of the user.</param>
    /// <param name="contextId">The id of the context.</param>
    /// <param name="request">The fields to update.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the context.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the user
    /// or the context does not exist. <see cref="ErrorCodes.NotAuthorized"/>: the account is not a partner account, or is
    /// not the parent of the user.
    /// </exception>
    public virtual Task<IdResponse> UpdateAsync(
        string userId, string contextId, PartnerUserContextUpdateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(Route.Of("/api/v1/partner/user/{userId}/context/{contextId}/update", userId, contextId), request, cancellationToken);
    }

    /// <summary>Deletes a context.</summary>
    /// <param name="userId">The id of the user.</param>
    /// <param name="contextId">The id of the context.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the context.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: the user or the
    /// context does not exist. <see cref="ErrorCodes.NotAuthorized"/>: the account is not a partner account, or is not the
    /// parent of the user.
    /// </exception>
    public virtual Task<IdResponse> DeleteAsync(string userId, string contextId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/partner/user/{userId}/context/{contextId}/delete", userId, contextId), record: null, cancellationToken);

    private static (string Name, object? Value)[] Filters(PartnerUserContextListRequest? request) =>
    [
        ("blueprintId", request?.BlueprintId),
        ("botId", request?.BotId),
        ("datasetId", request?.DatasetId),
        ("skillsetId", request?.SkillsetId),
    ];
}
