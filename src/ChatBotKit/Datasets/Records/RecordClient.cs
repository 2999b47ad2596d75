namespace ChatBotKit;

/// <summary>Manages the records of datasets. Only the owner of a dataset can access them.</summary>
public class RecordClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="RecordClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public RecordClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="RecordClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public RecordClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="RecordClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected RecordClient()
    {
    }

    /// <summary>
    /// Lists the records of a dataset. The server may choose the order, and the cursor need not be the id of a record.
    /// </summary>
    /// <param name="datasetId">The id of the dataset.</param>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the records of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: the
    /// dataset does not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<RecordItem>, RecordItem> ListAsync(
        string datasetId, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<RecordItem>(Route.Of("/api/v1/dataset/{datasetId}/record/list", datasetId), request, cancellationToken);

    /// <summary>Exports the records of a dataset.</summary>
    /// <param name="datasetId">The id of the dataset.</param>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the records of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: the
    /// dataset does not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<RecordItem>, RecordItem> ExportAsync(
        string datasetId, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<RecordItem>(Route.Of("/api/v1/dataset/{datasetId}/record/export", datasetId), request, cancellationToken);

    /// <summary>Exports the records of a dataset as a CSV file.</summary>
    /// <param name="datasetId">The id of the dataset.</param>
    /// <param name="destination">The stream that the file is written to. It is left open.</param>
    /// <param name="request">The filters and the order; null for everything.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that completes when the whole file is written.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.NotFound"/>: the
    /// dataset does not exist. <see cref="ErrorCodes.TooManyRequests"/>: too many lists were requested in a short time.
    /// <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke after a part of the file was written.
    /// </exception>
    public virtual Task ExportCsvAsync(
        string datasetId, Stream destination, ListRequest? request = null, CancellationToken cancellationToken = default) =>
        ExportCsvAsync(Route.Of("/api/v1/dataset/{datasetId}/record/export", datasetId), destination, request, cancellationToken);

    /// <summary>Adds a record to a dataset.</summary>
    /// <param name="datasetId">The id of the dataset.</param>
    /// <param name="request">The record.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the record.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the
    /// dataset does not exist. <see cref="ErrorCodes.LimitsReached"/>: the plan of the account allows no more records.
    /// </exception>
    public virtual Task<IdResponse> CreateAsync(
        string datasetId, RecordCreateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(Route.Of("/api/v1/dataset/{datasetId}/record/create", datasetId), request, cancellationToken);
    }

    /// <summary>Fetches a record.</summary>
    /// <param name="datasetId">The id of the dataset.</param>
    /// <param name="recordId">The id of the record.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The record.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the dataset or the record does not exist.</exception>
    public virtual Task<RecordItem> FetchAsync(string datasetId, string recordId, CancellationToken cancellationToken = default) =>
        GetAsync<RecordItem>(
            Route.Of("/api/v1/dataset/{datasetId}/record/{recordId}/fetch", datasetId, recordId), query: null, cancellationToken);

    /// <summary>Updates a record. Fields that are not set keep their values.</summary>
    /// <param name="datasetId">The id of the dataset.</param>
    /// <param name="recordId">The id of the record.</param>
    /// <param name="request">The fields to update.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the record.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the
    /// dataset or the record does not exist.
    /// </exception>
    public virtual Task<IdResponse> UpdateAsync(
        string datasetId, string recordId, RecordUpdateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(
            Route.Of("/api/v1/dataset/{datasetId}/record/{recordId}/update", datasetId, recordId), request, cancellationToken);
    }

    /// <summary>Deletes a record.</summary>
    /// <param name="datasetId">The id of the dataset.</param>
    /// <param name="recordId">The id of the record.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the record.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the dataset or the record does not exist.</exception>
    public virtual Task<IdResponse> DeleteAsync(string datasetId, string recordId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(
            Route.Of("/api/v1/dataset/{datasetId}/record/{recordId}/delete", datasetId, recordId), record: null, cancellationToken);

    /// <summary>
    /// Imports many records from a stream of JSON Lines or CSV, which is never in memory as a whole. Each line of JSON Lines is a
    /// <see cref="RecordImportRow"/>. The first line of CSV names the columns <c>text</c>, <c>source</c>, <c>id</c>, <c>meta</c> (a JSON
    /// object) and <c>meta.key</c>. A row that was imported before is recognized by its id, or else by its text and source, so an import
    /// that was interrupted can be repeated. Rows that can't be imported are skipped and reported; after 1,000 of them the import stops. A
    /// server takes at most 1 GiB and a million rows at once. Rows that were stored before a cancellation or a
    /// failure remain. Only the server of this project supports it.
    /// </summary>
    /// <param name="datasetId">The id of the dataset.</param>
    /// <param name="content">The rows, in UTF-8. The stream is left open.</param>
    /// <param name="contentType">The format: <c>application/jsonl</c> or <c>text/csv</c>.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns the result when awaited, and the progress when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the columns are not valid, or too many rows can't be imported.
    /// <see cref="ErrorCodes.NotFound"/>: the dataset does not exist. <see cref="ErrorCodes.ContentTooLarge"/>: there are too
    /// many rows or bytes.
    /// </exception>
    public virtual ResponsePromise<RecordImportResponse, RecordImportEvent> ImportAsync(
        string datasetId, Stream content, string contentType = RecordRows.JsonLines, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentException.ThrowIfNullOrEmpty(contentType);
        return Import(datasetId, RecordRows.From(content, contentType), content.CanSeek, cancellationToken);
    }

    /// <summary>
    /// Imports many records, which are sent while they are enumerated. A row that was imported before is recognized by its id, or else by
    /// its text and source, so an import that was interrupted can be repeated. Only the server of this project supports it.
    /// </summary>
    /// <param name="datasetId">The id of the dataset.</param>
    /// <param name="records">The rows. They are enumerated once.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns the result when awaited, and the progress when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: too many rows can't be imported. <see cref="ErrorCodes.NotFound"/>: the dataset
    /// does not exist. <see cref="ErrorCodes.ContentTooLarge"/>: there are too many rows or bytes.
    /// </exception>
    public virtual ResponsePromise<RecordImportResponse, RecordImportEvent> ImportAsync(
        string datasetId, IAsyncEnumerable<RecordImportRow> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        return Import(datasetId, RecordRows.From(records), isRepeatable: false, cancellationToken);
    }

    private ResponsePromise<RecordImportResponse, RecordImportEvent> Import(
        string datasetId, Func<HttpContent> content, bool isRepeatable, CancellationToken cancellationToken) =>
        Call<RecordImportResponse, RecordImportEvent>(
            Route.Of("/api/v1/dataset/{datasetId}/record/import", datasetId),
            new ClientFetchOptions { Content = content, Retries = isRepeatable ? null : 0, CancellationToken = cancellationToken });
}
