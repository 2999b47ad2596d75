namespace ChatBotKit;

/// <summary>Manages datasets: records of text that callers and models can search. An alias with @ before it can replace an id.</summary>
public class DatasetClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="DatasetClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public DatasetClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="DatasetClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public DatasetClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="DatasetClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected DatasetClient()
    {
    }

    /// <summary>Gets the records of datasets.</summary>
    public virtual RecordClient Record => field ??= new RecordClient(this);

    /// <summary>Gets the files from which records are created.</summary>
    public virtual DatasetFileClient File => field ??= new DatasetFileClient(this);

    /// <summary>Lists the datasets, newest first by default.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the datasets of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<DatasetItem>, DatasetItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<DatasetItem>(new Route("/api/v1/dataset/list"), request, cancellationToken);

    /// <summary>Creates a dataset.</summary>
    /// <param name="request">The settings; null creates a dataset with the default settings of the server.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the dataset.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the
    /// request refers to something that does not exist. <see cref="ErrorCodes.Conflict"/>: another dataset already has the
    /// alias. <see cref="ErrorCodes.LimitsReached"/>: the plan of the account allows no more datasets.
    /// </exception>
    public virtual Task<IdResponse> CreateAsync(DatasetCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(new Route("/api/v1/dataset/create"), request, cancellationToken);

    /// <summary>Fetches a dataset without its records.</summary>
    /// <param name="datasetId">The id of the dataset.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The dataset.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the dataset does not exist.</exception>
    public virtual Task<DatasetItem> FetchAsync(string datasetId, CancellationToken cancellationToken = default) =>
        GetAsync<DatasetItem>(Route.Of("/api/v1/dataset/{datasetId}/fetch", datasetId), query: null, cancellationToken);

    /// <summary>Updates a dataset. Fields that are not set keep their values.</summary>
    /// <param name="datasetId">The id of the dataset.</param>
    /// <param name="request">The fields to update.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the dataset.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the
    /// dataset does not exist, or the request refers to something that does not exist. <see cref="ErrorCodes.Conflict"/>:
    /// another dataset already has the alias.
    /// </exception>
    public virtual Task<IdResponse> UpdateAsync(
        string datasetId, DatasetUpdateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(Route.Of("/api/v1/dataset/{datasetId}/update", datasetId), request, cancellationToken);
    }

    /// <summary>Deletes a dataset with its records. The files that were attached to it stay.</summary>
    /// <param name="datasetId">The id of the dataset.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the dataset.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the dataset does not exist.</exception>
    public virtual Task<IdResponse> DeleteAsync(string datasetId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/dataset/{datasetId}/delete", datasetId), record: null, cancellationToken);

    /// <summary>
    /// Searches records by meaning. Everybody who may use a dataset may search it, even without the right to read its
    /// records.
    /// </summary>
    /// <param name="datasetId">The id of the dataset.</param>
    /// <param name="request">The search.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The records that were found, best match first.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the search is not valid. <see cref="ErrorCodes.NotFound"/>: the dataset does
    /// not exist.
    /// </exception>
    public virtual Task<DatasetSearchResponse> SearchAsync(
        string datasetId, DatasetSearchRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<DatasetSearchResponse>(Route.Of("/api/v1/dataset/{datasetId}/search", datasetId), request, cancellationToken);
    }
}
