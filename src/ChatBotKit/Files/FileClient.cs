namespace ChatBotKit;

/// <summary>
/// Manages files. A file is created first and its bytes are uploaded afterwards. An alias with @ before it can replace an
/// id.
/// </summary>
public class FileClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="FileClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public FileClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="FileClient"/> class with the options and connections of another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public FileClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="FileClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected FileClient()
    {
    }

    /// <summary>Lists the files, newest first by default.</summary>
    /// <param name="request">
    /// The filters, the order and the page. When null, awaiting returns the first page and enumerating returns everything.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns one page when awaited, and the files of all pages when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the order or a filter is not valid. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual ResponsePromise<ListResponse<FileItem>, FileItem> ListAsync(
        ListRequest? request = null, CancellationToken cancellationToken = default) =>
        List<FileItem>(new Route("/api/v1/file/list"), request, cancellationToken);

    /// <summary>Creates a file without bytes. Add them with one of the upload methods.</summary>
    /// <param name="request">The name, the description and the other fields; null creates a file without a name.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the file.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the
    /// request refers to something that does not exist. <see cref="ErrorCodes.Conflict"/>: another file already has the
    /// alias. <see cref="ErrorCodes.LimitsReached"/>: the plan of the account allows no more files.
    /// </exception>
    public virtual Task<IdResponse> CreateAsync(FileCreateRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(new Route("/api/v1/file/create"), request, cancellationToken);

    /// <summary>Fetches the metadata of a file.</summary>
    /// <param name="fileId">The id of the file.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The file without its bytes.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the file does not exist.</exception>
    public virtual Task<FileItem> FetchAsync(string fileId, CancellationToken cancellationToken = default) =>
        GetAsync<FileItem>(Route.Of("/api/v1/file/{fileId}/fetch", fileId), query: null, cancellationToken);

    /// <summary>Updates the metadata of a file. Fields that are not set keep their values.</summary>
    /// <param name="fileId">The id of the file.</param>
    /// <param name="request">The fields to update.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the file.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid or too long. <see cref="ErrorCodes.NotFound"/>: the file
    /// does not exist, or the request refers to something that does not exist. <see cref="ErrorCodes.Conflict"/>: another
    /// file already has the alias.
    /// </exception>
    public virtual Task<IdResponse> UpdateAsync(string fileId, FileUpdateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(Route.Of("/api/v1/file/{fileId}/update", fileId), request, cancellationToken);
    }

    /// <summary>Deletes a file with its bytes. Records that were created from it stay.</summary>
    /// <param name="fileId">The id of the file.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the file.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the file does not exist.</exception>
    public virtual Task<IdResponse> DeleteAsync(string fileId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/file/{fileId}/delete", fileId), record: null, cancellationToken);

    /// <summary>
    /// Updates the records that were created from a file. The work continues after the answer. The hosted service accepts
    /// one such call every two minutes.
    /// </summary>
    /// <param name="fileId">The id of the file.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the file.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the file does not exist.</exception>
    public virtual Task<IdResponse> SyncAsync(string fileId, CancellationToken cancellationToken = default) =>
        PostAsync<IdResponse>(Route.Of("/api/v1/file/{fileId}/sync", fileId), record: null, cancellationToken);

    /// <summary>Uploads bytes that the server downloads from a URL, or announces bytes that are uploaded later.</summary>
    /// <param name="fileId">The id of the file.</param>
    /// <param name="request">The URL of the bytes, or their description when they are uploaded later.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The file. When its bytes were only announced, the request that uploads them is included.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the file or its description is not valid, or its address cannot be read.
    /// <see cref="ErrorCodes.NotFound"/>: the file does not exist. <see cref="ErrorCodes.ContentTooLarge"/> or
    /// <see cref="ErrorCodes.LimitsReached"/>: the file is larger than the server accepts.
    /// </exception>
    public virtual Task<FileUploadResponse> UploadAsync(
        string fileId, FileUploadRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<FileUploadResponse>(Route.Of("/api/v1/file/{fileId}/upload", fileId), request, cancellationToken);
    }

    /// <summary>Uploads bytes that are in memory, in one request. The hosted service accepts up to 4.5 MB in this way.</summary>
    /// <param name="fileId">The id of the file.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="name">The name of the file, such as <c>manual.pdf</c>.</param>
    /// <param name="type">The media type; null for <c>application/octet-stream</c>.</param>
    /// <param name="progress">Receives the number of bytes sent so far; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the file or its media type is not valid. <see cref="ErrorCodes.NotFound"/>: the
    /// file does not exist. <see cref="ErrorCodes.ContentTooLarge"/> or <see cref="ErrorCodes.LimitsReached"/>: the file is
    /// larger than the server accepts.
    /// </exception>
    public virtual Task<FileUploadResponse> UploadAsync(
        string fileId, ReadOnlyMemory<byte> content, string name, string? type = null, IProgress<long>? progress = null,
        CancellationToken cancellationToken = default) =>
        Call<FileUploadResponse, FileUploadResponse>(
            Route.Of("/api/v1/file/{fileId}/upload", fileId),
            StreamUpload.Form(content, name, type, progress, cancellationToken)).AsTask(CancellationToken.None);

    /// <summary>
    /// Uploads any number of bytes to a file. They are announced first and then sent to the address that the server
    /// returns. They are not buffered in memory.
    /// </summary>
    /// <param name="fileId">The id of the file.</param>
    /// <param name="content">The stream to read the bytes from, starting at its current position. It is left open.</param>
    /// <param name="description">The media type, the size in bytes and the name.</param>
    /// <param name="progress">
    /// Receives the number of bytes sent so far, which starts at 0 again when the upload is repeated; null for none.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The file, once its bytes are stored.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the file or its description is not valid, or its address cannot be read.
    /// <see cref="ErrorCodes.NotFound"/>: the file does not exist. <see cref="ErrorCodes.ContentTooLarge"/> or
    /// <see cref="ErrorCodes.LimitsReached"/>: the file is larger than the server accepts.
    /// <see cref="ClientErrorCodes.InvalidResponse"/>: the server named no address for the bytes.
    /// <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke while the bytes were sent.
    /// </exception>
    public virtual async Task<FileUploadResponse> UploadAsync(
        string fileId, Stream content, AttachmentFileDescription description, IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(description);
        var request = new FileUploadRequest { File = new AttachmentFile(description) };
        var response = await UploadAsync(fileId, request, cancellationToken).ConfigureAwait(false);
        var target = StreamUpload.Target(response.UploadRequest);
        await SendAsync(target.Url, StreamUpload.Put(target, content, description.Size, progress, cancellationToken)).ConfigureAwait(false);
        return response;
    }

    /// <summary>Uploads the bytes of a file on disk, of any size.</summary>
    /// <param name="fileId">The id of the file.</param>
    /// <param name="path">The path of the file on disk.</param>
    /// <param name="type">The media type; null for <c>application/octet-stream</c>.</param>
    /// <param name="progress">
    /// Receives the number of bytes sent so far, which starts at 0 again when the upload is repeated; null for none.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The file, once its bytes are stored.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the file or its media type is not valid. <see cref="ErrorCodes.NotFound"/>: the
    /// file does not exist. <see cref="ErrorCodes.ContentTooLarge"/> or <see cref="ErrorCodes.LimitsReached"/>: the file is
    /// larger than the server accepts. <see cref="ClientErrorCodes.InvalidResponse"/>: the server named no address for the
    /// bytes. <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke while the bytes were sent.
    /// </exception>
    public virtual async Task<FileUploadResponse> UploadFileAsync(
        string fileId, string path, string? type = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        var file = StreamUpload.OpenFile(path);
        await using (file.ConfigureAwait(false))
        {
            var description = new AttachmentFileDescription { Type = type ?? StreamUpload.AnyType, Size = file.Length, Name = Path.GetFileName(path) };
            return await UploadAsync(fileId, file, description, progress, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gets the address from which the bytes of a file can be downloaded. A public file needs no credential.</summary>
    /// <param name="fileId">The id of the file, not its alias.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The address, valid for a short time.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the file does not exist, or it has no bytes yet.
    /// </exception>
    public virtual Task<FileDownloadResponse> DownloadAsync(string fileId, CancellationToken cancellationToken = default) =>
        GetAsync<FileDownloadResponse>(Route.Of("/api/v1/file/{fileId}/download", fileId), query: null, cancellationToken);

    /// <summary>
    /// Downloads the bytes of a file. A file to which nothing was uploaded has none. A public file needs no credential.
    /// </summary>
    /// <param name="fileId">The id of the file, not its alias.</param>
    /// <param name="destination">The stream that the bytes are written to. It is left open.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that completes when all bytes are written.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the file does not exist. <see cref="ClientErrorCodes.ConnectionLost"/>: the
    /// connection broke after a part of the bytes was written.
    /// </exception>
    public virtual Task DownloadAsync(string fileId, Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var options = new ClientFetchOptions
        {
            Headers = new Dictionary<string, string> { ["Accept"] = "*/*" },
            CancellationToken = cancellationToken,
        };
        return DownloadAsync(Route.Of("/api/v1/file/{fileId}/download", fileId), options, destination);
    }
}
