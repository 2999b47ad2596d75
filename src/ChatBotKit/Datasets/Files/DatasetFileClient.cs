namespace ChatBotKit;

/// <summary>
/// Manages the files that are attached to datasets. Attach a file, then synchronize it to create records from its text.
/// </summary>
public class DatasetFileClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="DatasetFileClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public DatasetFileClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="DatasetFileClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public DatasetFileClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="DatasetFileClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected DatasetFileClient()
    {
    }

    /// <summary>Lists the files that are attached to a dataset, newest first by default.</summary>
    /// <param name="datasetId">The id of the dataset.</param>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the files of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: the
    /// dataset does not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<FileItem>, FileItem> ListAsync(
        string datasetId, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<FileItem>(Route.Of("/api/v1/dataset/{datasetId}/file/list", datasetId), request, cancellationToken);

    /// <summary>
    /// Fetches the state of the import of a file. Only the server of this project supports this; the hosted service does not.
    /// </summary>
    /// <param name="datasetId">The id of the dataset, or its alias after an <c>@</c>.</param>
    /// <param name="fileId">The id of the file, or its alias after an <c>@</c>.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The attached file.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the dataset or the file does not exist, or the file is not attached to the dataset.
    /// </exception>
    public virtual Task<DatasetFileItem> FetchAsync(string datasetId, string fileId, CancellationToken cancellationToken = default) =>
        GetAsync<DatasetFileItem>(Route.Of("/api/v1/dataset/{datasetId}/file/{fileId}/fetch", datasetId, fileId), query: null, cancellationToken);

    /// <summary>Attaches a file to a dataset. Call <see cref="SyncAsync"/> to create records from its text.</summary>
    /// <param name="datasetId">The id of the dataset, not its alias.</param>
    /// <param name="fileId">The id of the file, not its alias.</param>
    /// <param name="request">The role of the file in the dataset; null for a source of text.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the file.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: the dataset or the
    /// file does not exist.
    /// </exception>
    public virtual Task<IdResponse> AttachAsync(
        string datasetId, string fileId, DatasetFileAttachRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/dataset/{datasetId}/file/{fileId}/attach", datasetId, fileId), request, cancellationToken);

    /// <summary>Detaches a file from a dataset.</summary>
    /// <param name="datasetId">The id of the dataset, not its alias.</param>
    /// <param name="fileId">The id of the file, not its alias.</param>
    /// <param name="request">Whether its records are deleted too; null keeps them.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the file.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: the dataset or the
    /// file does not exist.
    /// </exception>
    public virtual Task<IdResponse> DetachAsync(
        string datasetId, string fileId, DatasetFileDetachRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/dataset/{datasetId}/file/{fileId}/detach", datasetId, fileId), request, cancellationToken);

    /// <summary>
    /// Starts to create records from the text of a file, or to replace them after the file has changed. The work continues
    /// after the answer; <see cref="FetchAsync"/> tells how far it is. The hosted service accepts one such call every two minutes.
    /// </summary>
    /// <param name="datasetId">The id of the dataset, not its alias.</param>
    /// <param name="fileId">The id of the file, not its alias.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the file.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the dataset or the file does not exist.</exception>
    public virtual Task<IdResponse> SyncAsync(string datasetId, string fileId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/dataset/{datasetId}/file/{fileId}/sync", datasetId, fileId), record: null, cancellationToken);
}
