namespace ChatBotKit;

/// <summary>Manages blueprints: groups of resources that belong together, such as a bot with its datasets and skillsets.</summary>
public partial class BlueprintClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="BlueprintClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public BlueprintClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="BlueprintClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public BlueprintClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="BlueprintClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected BlueprintClient()
    {
    }

    /// <summary>Lists the blueprints, newest first by default.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the blueprints of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<BlueprintItem>, BlueprintItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<BlueprintItem>(new Route("/api/v1/blueprint/list"), request, cancellationToken);

    /// <summary>Creates a blueprint.</summary>
    /// <param name="request">The settings of the blueprint; null creates an empty blueprint.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the blueprint.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.Conflict"/>: another
    /// blueprint already has the alias. <see cref="ErrorCodes.LimitsReached"/>: the plan of the account allows no more
    /// blueprints.
    /// </exception>
    public virtual Task<IdResponse> CreateAsync(BlueprintCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(new Route("/api/v1/blueprint/create"), request, cancellationToken);

    /// <summary>Fetches a blueprint without its resources.</summary>
    /// <param name="blueprintId">The id or alias of the blueprint.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The blueprint.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the blueprint does not exist.</exception>
    public virtual Task<BlueprintItem> FetchAsync(string blueprintId, CancellationToken cancellationToken = default) =>
        GetAsync<BlueprintItem>(Route.Of("/api/v1/blueprint/{blueprintId}/fetch", blueprintId), query: null, cancellationToken);

    /// <summary>Updates a blueprint. Fields that are not set keep their values.</summary>
    /// <param name="blueprintId">The id or alias of the blueprint.</param>
    /// <param name="request">The fields to update.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the blueprint.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the
    /// blueprint does not exist. <see cref="ErrorCodes.Conflict"/>: another blueprint already has the alias.
    /// </exception>
    public virtual Task<IdResponse> UpdateAsync(
        string blueprintId, BlueprintUpdateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(Route.Of("/api/v1/blueprint/{blueprintId}/update", blueprintId), request, cancellationToken);
    }

    /// <summary>Deletes a blueprint and, if asked for, its resources.</summary>
    /// <param name="blueprintId">The id or alias of the blueprint.</param>
    /// <param name="request">Whether the resources are deleted too; null keeps them.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the blueprint.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: the blueprint does not
    /// exist.
    /// </exception>
    public virtual Task<IdResponse> DeleteAsync(
        string blueprintId, BlueprintDeleteRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/blueprint/{blueprintId}/delete", blueprintId), request, cancellationToken);

    /// <summary>
    /// Copies a blueprint with its resources. The copies have no aliases, no schedules and no secret values, and they get
    /// new tokens.
    /// </summary>
    /// <param name="blueprintId">The id or alias of the blueprint.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The new blueprint and its resources.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the blueprint does not exist. <see cref="ErrorCodes.LimitsReached"/>: the plan of
    /// the account allows no more blueprints.
    /// </exception>
    public virtual Task<BlueprintResourcesResponse> CloneAsync(string blueprintId, CancellationToken cancellationToken = default) =>
        PostAsync<BlueprintResourcesResponse>(Route.Of("/api/v1/blueprint/{blueprintId}/clone", blueprintId), record: null, cancellationToken);
}
