using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Features.Uploads;

/// <summary>Receives the files of callers.</summary>
internal sealed partial class ReceivedFiles(IBlobStore blobs, ILogger<ReceivedFiles> logger)
{
    /// <summary>Receives a file, up to the limit.</summary>
    /// <exception cref="ApiException">The file is larger than <paramref name="limit"/>.</exception>
    public async Task<ReceivedFile> ReceiveAsync(Stream content, UploadLimit limit, CancellationToken cancellationToken)
    {
        var bytes = new BlobContent(content) { CheckLength = limit.Check };
        return new ReceivedFile(this, await blobs.PutAsync(Ids.New(), bytes, cancellationToken));
    }

    public async Task<Stream> OpenReadAsync(string blobId, CancellationToken cancellationToken) =>
        await blobs.OpenAsync(blobId, cancellationToken) ?? throw new FileNotFoundException("The file does not exist.");

    /// <summary>Deletes the bytes of a file that nothing refers to. When that fails, the sweep deletes them.</summary>
    public async ValueTask DiscardAsync(string blobId)
    {
        try
        {
            await blobs.DeleteAsync([blobId], CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or StoreUnavailableException)
        {
            LogLeft(exception, blobId);
        }
    }

    public static ApiException TooLarge(long maxBytes) =>
        new(ErrorCode.ContentTooLarge, $"The file is too large: at most {maxBytes} bytes are accepted");

    [LoggerMessage(LogLevel.Warning, "The file {BlobId} of a refused upload can't be deleted now; it is deleted after a day")]
    private partial void LogLeft(Exception exception, string blobId);
}

/// <summary>A received file. It is deleted with this object, unless it is kept.</summary>
/// <param name="files">The service that received it.</param>
/// <param name="blob">The bytes.</param>
internal sealed class ReceivedFile(ReceivedFiles files, StoredBlob blob) : IAsyncDisposable
{
    private bool _isKept;
    private bool _isDiscarded;

    public long Size => blob.Length;

    /// <summary>The SHA-256 of the content.</summary>
    public byte[] Hash => blob.Sha256;

    public Task<Stream> OpenReadAsync(CancellationToken cancellationToken) => files.OpenReadAsync(blob.Id, cancellationToken);

    /// <summary>
    /// Keeps the bytes while a row that refers to them is stored, and afterwards unless the row was refused. When it is unknown whether
    /// the row was stored, the bytes must remain.
    /// </summary>
    /// <param name="storeAsync">Stores the row with the id of the blob. Returns the reason of a refusal; null when the row is stored.</param>
    /// <exception cref="ApiException">The row was refused.</exception>
    public async Task KeepAsync(Func<string, Task<ApiException?>> storeAsync)
    {
        _isKept = true;
        ApiException? refusal;
        try
        {
            refusal = await storeAsync(blob.Id);
        }
        catch (Exception exception) when (exception is MissingParentException or DuplicateKeyException)
        {
            _isKept = false;
            throw;
        }

        if (refusal is null)
            return;
        _isKept = false;
        throw refusal;
    }

    public ValueTask DisposeAsync()
    {
        if (_isKept || _isDiscarded)
            return default;
        _isDiscarded = true;
        return files.DiscardAsync(blob.Id);
    }
}
