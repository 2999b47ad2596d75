namespace ChatBotKit;

/// <summary>Spaces: files in folders, which bots and people work on. An id may also be @ and the alias.</summary>
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
    /// Initializes a new instance of the <see cref="SpaceClient"/> class without options, for fakes that override the
    /// operations that they need.
    /// </summary>
    protected SpaceClient()
    {
    }

    /// <summary>Gets the files of spaces.</summary>
    public virtual SpaceStorageClient Storage => field ??= new SpaceStorageClient(this);

    /// <summary>Gets the web sites that show files of spaces.</summary>
    public virtual SpaceSiteClient Site => field ??= new SpaceSiteClient(this);

    /// <summary>Lists the spaces, newest first if nothing else is asked for.</summary>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Awaited one page, enumerated the spaces of all pages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often.
    /// </exception>
    public virtual ResponsePromise<ListResponse<SpaceItem>, SpaceItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<SpaceItem>(new Route("/api/v1/space/list"), request, cancellationToken);

    /// <summary>Exports the spaces without their files.</summary>
    /// <param name="request">Which part of the list; null for the first page or, enumerated, for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Awaited one page, enumerated the spaces of all pages.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often.
    /// </exception>
    public virtual ResponsePromise<ListResponse<SpaceItem>, SpaceItem> ExportAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<SpaceItem>(new Route("/api/v1/space/export"), request, cancellationToken);

    /// <summary>Exports the spaces as a CSV file.</summary>
    /// <param name="destination">Where the file is written; it stays open.</param>
    /// <param name="request">Which part of the list; null for all.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that ends when the file is complete.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// lists were asked for too often. <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke; a part of the
    /// file is written.
    /// </exception>
    public virtual Task ExportCsvAsync(
        Stream destination, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        ExportCsvAsync(new Route("/api/v1/space/export"), destination, request, cancellationToken);

    /// <summary>Creates a space.</summary>
    /// <param name="request">What it is like; null makes one without a name.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the space.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the request
    /// refers to something that does not exist. <see cref="ErrorCodes.Conflict"/>: another space has the alias.
    /// <see cref="ErrorCodes.LimitsReached"/>: the plan of the account allows no more spaces.
    /// </exception>
    public virtual Task<IdResponse> CreateAsync(SpaceCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(new Route("/api/v1/space/create"), request, cancellationToken);

    /// <summary>Fetches a space without its files.</summary>
    /// <param name="spaceId">The id of the space.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The space.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: there is no such space.</exception>
    public virtual Task<SpaceItem> FetchAsync(string spaceId, CancellationToken cancellationToken = default) =>
        GetAsync<SpaceItem>(Route.Of("/api/v1/space/{spaceId}/fetch", spaceId), query: null, cancellationToken);

    /// <summary>Changes a space; fields that are not set stay as they are.</summary>
    /// <param name="spaceId">The id of the space.</param>
    /// <param name="request">What changes.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the space.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: there is no
    /// such space, or the request refers to something that does not exist. <see cref="ErrorCodes.Conflict"/>: another space
    /// has the alias.
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
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: there is no such space.</exception>
    public virtual Task<IdResponse> DeleteAsync(string spaceId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/space/{spaceId}/delete", spaceId), record: null, cancellationToken);
}
