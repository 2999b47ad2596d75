namespace ChatBotKit;

/// <summary>Blueprints: resources that belong together, such as a bot with its datasets and skillsets.</summary>
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
    /// Initializes a new instance of the <see cref="BlueprintClient"/> class without options, for fakes that override the
    /// operations that they need.
    /// </summary>
    protected BlueprintClient()
    {
    }

    /// <summary>Lists the blueprints, newest first if nothing else is asked for.</summary>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Awaited one page, enumerated the blueprints of all pages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often.
    /// </exception>
    public virtual ResponsePromise<ListResponse<BlueprintItem>, BlueprintItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<BlueprintItem>(new Route("/api/v1/blueprint/list"), request, cancellationToken);

    /// <summary>Creates a blueprint.</summary>
    /// <param name="request">What the blueprint is like; null makes an empty one.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the blueprint.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.Conflict"/>: another
    /// blueprint has the alias. <see cref="ErrorCodes.LimitsReached"/>: the plan of the account allows no more blueprints.
    /// </exception>
    public virtual Task<IdResponse> CreateAsync(BlueprintCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(new Route("/api/v1/blueprint/create"), request, cancellationToken);

    /// <summary>Fetches a blueprint without its resources.</summary>
    /// <param name="blueprintId">The id or alias of the blueprint.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The blueprint.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: there is no such blueprint.</exception>
    public virtual Task<BlueprintItem> FetchAsync(string blueprintId, CancellationToken cancellationToken = default) =>
        GetAsync<BlueprintItem>(Route.Of("/api/v1/blueprint/{blueprintId}/fetch", blueprintId), query: null, cancellationToken);

    /// <summary>Changes a blueprint; fields that are not set stay as they are.</summary>
    /// <param name="blueprintId">The id or alias of the blueprint.</param>
    /// <param name="request">What changes.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the blueprint.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: there is no
    /// such blueprint. <see cref="ErrorCodes.Conflict"/>: another blueprint has the alias.
    /// </exception>
    public virtual Task<IdResponse> UpdateAsync(
        string blueprintId, BlueprintUpdateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(Route.Of("/api/v1/blueprint/{blueprintId}/update", blueprintId), request, cancellationToken);
    }

    /// <summary>Deletes a blueprint and, if asked for, its resources.</summary>
    /// <param name="blueprintId">The id or alias of the blueprint.</param>
    /// <param name="request">Whether the resources go as well; null keeps them.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the blueprint.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: there is no such
    /// blueprint.
    /// </exception>
    public virtual Task<IdResponse> DeleteAsync(
        string blueprintId, BlueprintDeleteRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/blueprint/{blueprintId}/delete", blueprintId), request, cancellationToken);

    /// <summary>
    /// Copies a blueprint with its resources. The copies have no aliases, no schedules and no values of secrets, and
    /// new tokens.
    /// </summary>
    /// <param name="blueprintId">The id or alias of the blueprint.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The new blueprint and what it has.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: there is no such blueprint. <see cref="ErrorCodes.LimitsReached"/>: the plan of
    /// the account allows no more blueprints.
    /// </exception>
    public virtual Task<BlueprintResourcesResponse> CloneAsync(string blueprintId, CancellationToken cancellationToken = default) =>
        PostAsync<BlueprintResourcesResponse>(Route.Of("/api/v1/blueprint/{blueprintId}/clone", blueprintId), record: null, cancellationToken);
}
