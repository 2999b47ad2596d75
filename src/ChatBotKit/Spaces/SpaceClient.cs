namespace ChatBotKit;

/// <summary>Manages spaces: files in folders that bots and people work on. An alias with @ before it can replace an id.</summary>
public class SpaceClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="SpaceClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public SpaceClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="SpaceClient"/> class with the options and connections of another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public SpaceClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="SpaceClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected SpaceClient()
    {
    }

    /// <summary>Gets the files of spaces.</summary>
    public virtual SpaceStorageClient Storage => field ??= new SpaceStorageClient(this);

    /// <summary>Gets the web sites that show the files of spaces.</summary>
    public virtual SpaceSiteClient Site => field ??= new SpaceSiteClient(this);

    /// <summary>Lists the spaces, newest first by default.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the spaces of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<SpaceItem>, SpaceItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<SpaceItem>(new Route("/api/v1/space/list"), request, cancellationToken);

    /// <summary>Exports the spaces, without their files.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the spaces of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<SpaceItem>, SpaceItem> ExportAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<SpaceItem>(new Route("/api/v1/space/export"), request, cancellationToken);

    /// <summary>Exports the spaces as a CSV file.</summary>
    /// <param name="destination">The stream that the file is written to. It is left open.</param>
    /// <param name="request">The filters and the order; null for everything.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that completes when the whole file is written.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time. <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke
    /// after a part of the file was written.
    /// </exception>
    public virtual Task ExportCsvAsync(
        Stream destination, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        ExportCsvAsync(new Route("/api/v1/space/export"), destination, request, cancellationToken);

    /// <summary>Creates a space.</summary>
    /// <param name="request">The settings; null creates a space without a name.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the space.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the
    /// request refers to something that does not exist. <see cref="ErrorCodes.Conflict"/>: another space already has the
    /// alias. <see cref="ErrorCodes.LimitsReached"/>: the plan of the account allows no more spaces.
    /// </exception>
    public virtual Task<IdResponse> CreateAsync(SpaceCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(new Route("/api/v1/space/create"), request, cancellationToken);

    /// <summary>Fetches a space without its files.</summary>
    /// <param name="spaceId">The id of the space.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The space.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the space does not exist.</exception>
    public virtual Task<SpaceItem> FetchAsync(string spaceId, CancellationToken cancellationToken = default) =>
        GetAsync<SpaceItem>(Route.Of("/api/v1/space/{spaceId}/fetch", spaceId), query: null, cancellationToken);

    /// <summary>Updates a space. Fields that are not set keep their values.</summary>
    /// <param name="spaceId">The id of the space.</param>
    /// <param name="request">The fields to update.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the space.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the space
    /// does not exist, or the request refers to something that does not exist. <see cref="ErrorCodes.Conflict"/>: another
    /// space already has the alias.
    /// </exception>
    public virtual Task<IdResponse> UpdateAsync(string spaceId, SpaceUpdateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(Route.Of("/api/v1/space/{spaceId}/update", spaceId), request, cancellationToken);
    }

    /// <summary>Deletes a space with its sites.</summary>
    /// <param name="spaceId">The id of the space.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the space.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the space does not exist.</exception>
    public virtual Task<IdResponse> DeleteAsync(string spaceId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/space/{spaceId}/delete", spaceId), record: null, cancellationToken);
}
