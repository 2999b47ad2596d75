namespace ChatBotKit;

/// <summary>Manages the files of spaces. Paths start at the root of the space, and their parts are separated by slashes.</summary>
public class SpaceStorageClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="SpaceStorageClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public SpaceStorageClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="SpaceStorageClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public SpaceStorageClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="SpaceStorageClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected SpaceStorageClient()
    {
    }

    /// <summary>Lists the files and folders of a folder.</summary>
    /// <param name="spaceId">The id of the space.</param>
    /// <param name="path">The path of the folder; null for the root of the space.</param>
    /// <param name="request">Whether subfolders are listed too; null for no.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>Files and folders.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the space or the folder does not exist. <see cref="ErrorCodes.TooManyRequests"/>:
    /// too many lists were requested in a short time.
    /// </exception>
    public virtual Task<SpaceStorageListResponse> ListAsync(
        string spaceId, string? path = null, SpaceStorageListRequest? request = null, CancellationToken cancellationToken = default) =>
        GetAsync<SpaceStorageListResponse>(
            path is null
                ? Route.Of("/api/v1/space/{spaceId}/storage/list", spaceId)
                : Route.Of("/api/v1/space/{spaceId}/storage/list/{path}", spaceId, path),
            new Dictionary<string, object?> { ["recursive"] = request?.Recursive },
            cancellationToken);

    /// <summary>Deletes a file or folder.</summary>
    /// <param name="spaceId">The id of the space.</param>
    /// <param name="path">The path from the root of the space, such as <c>notes/today.md</c>.</param>
    /// <param name="request">Whether a folder is deleted with everything in it; null for no.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The path.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: the space or the file
    /// does not exist.
    /// </exception>
    public virtual Task<SpaceStoragePathResponse> DeleteAsync(
        string spaceId, string path, SpaceStorageDeleteRequest? request = null, CancellationToken cancellationToken = default) =>
        PostAsync<SpaceStoragePathResponse>(Route.Of("/api/v1/space/{spaceId}/storage/delete/{path}", spaceId, path), request, cancellationToken);

    /// <summary>Copies a file, not a folder.</summary>
    /// <param name="spaceId">The id of the space.</param>
    /// <param name="path">The path from the root of the space, such as <c>notes/today.md</c>.</param>
    /// <param name="request">The new path.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The path of the copy.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: the space or the file
    /// does not exist.
    /// </exception>
    public virtual Task<SpaceStoragePathResponse> CopyAsync(
        string spaceId, string path, SpaceStorageCopyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<SpaceStoragePathResponse>(
            Route.Of("/api/v1/space/{spaceId}/storage/copy/{path}", spaceId, path), request, cancellationToken);
    }

    /// <summary>Moves or renames a file, not a folder.</summary>
    /// <param name="spaceId">The id of the space.</param>
    /// <param name="path">The path from the root of the space, such as <c>notes/today.md</c>.</param>
    /// <param name="request">The new path.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The new path.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a field is not valid. <see cref="ErrorCodes.NotFound"/>: the space or the file
    /// does not exist.
    /// </exception>
    public virtual Task<SpaceStoragePathResponse> MoveAsync(
        string spaceId, string path, SpaceStorageMoveRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<SpaceStoragePathResponse>(
            Route.Of("/api/v1/space/{spaceId}/storage/move/{path}", spaceId, path), request, cancellationToken);
    }

    /// <summary>Stores a file that the server downloads from a URL, or announces a file whose bytes are uploaded later.</summary>
    /// <param name="spaceId">The id of the space.</param>
    /// <param name="path">The path from the root of the space. An existing file is replaced.</param>
    /// <param name="request">The URL of the file, or its description when the bytes are uploaded later.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The file. When it was only announced, the request that uploads its bytes is included.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the file or its description is not valid, or its address cannot be read.
    /// <see cref="ErrorCodes.NotFound"/>: the space does not exist. <see cref="ErrorCodes.ContentTooLarge"/> or
    /// <see cref="ErrorCodes.LimitsReached"/>: the file is larger than the server accepts.
    /// </exception>
    public virtual Task<SpaceStorageUploadResponse> UploadAsync(
        string spaceId, string path, SpaceStorageUploadRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<SpaceStorageUploadResponse>(
            Route.Of("/api/v1/space/{spaceId}/storage/upload/{path}", spaceId, path), request, cancellationToken);
    }

    /// <summary>Stores a file whose bytes are in memory, in one request. The hosted service accepts up to 4.5 MB in this way.</summary>
    /// <param name="spaceId">The id of the space.</param>
    /// <param name="path">The path from the root of the space. An existing file is replaced.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="type">The media type; null for <c>application/octet-stream</c>.</param>
    /// <param name="progress">Receives the number of bytes sent so far; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the file or its media type is not valid. <see cref="ErrorCodes.NotFound"/>: the
    /// space does not exist. <see cref="ErrorCodes.ContentTooLarge"/> or <see cref="ErrorCodes.LimitsReached"/>: the file
    /// is larger than the server accepts.
    /// </exception>
    public virtual Task<SpaceStorageUploadResponse> UploadAsync(
        string spaceId, string path, ReadOnlyMemory<byte> content, string? type = null, IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var route = Route.Of("/api/v1/space/{spaceId}/storage/upload/{path}", spaceId, path);
        var form = StreamUpload.Form(content, path[(path.LastIndexOf('/') + 1)..], type, progress, cancellationToken);
        return Call<SpaceStorageUploadResponse, SpaceStorageUploadResponse>(route, form).AsTask(CancellationToken.None);
    }

    /// <summary>
    /// Stores a file of any size. The file is announced first; then its bytes are sent to the address that the server
    /// returns. They are not buffered in memory.
    /// </summary>
    /// <param name="spaceId">The id of the space.</param>
    /// <param name="path">The path from the root of the space. An existing file is replaced.</param>
    /// <param name="content">The stream to read the bytes from, starting at its current position. It is left open.</param>
    /// <param name="description">The media type and the size in bytes.</param>
    /// <param name="progress">
    /// Receives the number of bytes sent so far, which starts at 0 again when the upload is repeated; null for none.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The file, once its bytes are stored.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the file or its description is not valid, or its address cannot be read.
    /// <see cref="ErrorCodes.NotFound"/>: the space does not exist. <see cref="ErrorCodes.ContentTooLarge"/> or
    /// <see cref="ErrorCodes.LimitsReached"/>: the file is larger than the server accepts.
    /// <see cref="ClientErrorCodes.InvalidResponse"/>: the server named no address for the bytes.
    /// <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke while the bytes were sent.
    /// </exception>
    public virtual async Task<SpaceStorageUploadResponse> UploadAsync(
        string spaceId, string path, Stream content, SpaceStorageFileDescription description, IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(description);
        var request = new SpaceStorageUploadRequest { File = new SpaceStorageFile(description) };
        var response = await UploadAsync(spaceId, path, request, cancellationToken).ConfigureAwait(false);
        var target = StreamUpload.Target(response.UploadRequest);
        await SendAsync(target.Url, StreamUpload.Put(target, content, description.Size, progress, cancellationToken)).ConfigureAwait(false);
        return response;
    }

    /// <summary>Stores a file of any size from disk.</summary>
    /// <param name="spaceId">The id of the space.</param>
    /// <param name="path">The path from the root of the space. An existing file is replaced.</param>
    /// <param name="sourcePath">The path of the file on disk.</param>
    /// <param name="type">The media type; null for <c>application/octet-stream</c>.</param>
    /// <param name="progress">
    /// Receives the number of bytes sent so far, which starts at 0 again when the upload is repeated; null for none.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The file, once its bytes are stored.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the file or its media type is not valid. <see cref="ErrorCodes.NotFound"/>: the
    /// space does not exist. <see cref="ErrorCodes.ContentTooLarge"/> or <see cref="ErrorCodes.LimitsReached"/>: the file
    /// is larger than the server accepts. <see cref="ClientErrorCodes.InvalidResponse"/>: the server named no address for
    /// the bytes. <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke while the bytes were sent.
    /// </exception>
    public virtual async Task<SpaceStorageUploadResponse> UploadFileAsync(
        string spaceId, string path, string sourcePath, string? type = null, IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var file = StreamUpload.OpenFile(sourcePath);
        await using (file.ConfigureAwait(false))
        {
            var description = new SpaceStorageFileDescription { Type = type ?? StreamUpload.AnyType, Size = file.Length };
            return await UploadAsync(spaceId, path, file, description, progress, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gets the address from which the bytes of a file can be downloaded.</summary>
    /// <param name="spaceId">The id of the space.</param>
    /// <param name="path">The path from the root of the space.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The address, valid for a short time.</returns>
    /// <exception cref="ChatBotKitException"><see cref="ErrorCodes.NotFound"/>: the space or the file does not exist.</exception>
    public virtual Task<SpaceStorageDownloadResponse> DownloadAsync(
        string spaceId, string path, CancellationToken cancellationToken = default) =>
        GetAsync<SpaceStorageDownloadResponse>(
            Route.Of("/api/v1/space/{spaceId}/storage/download/{path}", spaceId, path), query: null, cancellationToken);

    /// <summary>Downloads the bytes of a file.</summary>
    /// <param name="spaceId">The id of the space.</param>
    /// <param name="path">The path from the root of the space.</param>
    /// <param name="destination">The stream that the bytes are written to. It is left open.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that completes when all bytes are written.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.NotFound"/>: the space or the file does not exist.
    /// <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke after a part of the bytes was written.
    /// </exception>
    public virtual Task DownloadAsync(string spaceId, string path, Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var options = new ClientFetchOptions
        {
            Headers = new Dictionary<string, string> { ["Accept"] = StreamUpload.AnyType },
            CancellationToken = cancellationToken,
        };
        return DownloadAsync(Route.Of("/api/v1/space/{spaceId}/storage/download/{path}", spaceId, path), options, destination);
    }
}
