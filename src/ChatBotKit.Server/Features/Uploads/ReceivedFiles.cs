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

    public string BlobId => blob.Id;

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
    public Task KeepAsync(Func<string, Task<ApiException?>> storeAsync) => KeepAllAsync([this], () => storeAsync(blob.Id));

    /// <summary>Keeps the bytes of several files in the same way.</summary>
    /// <param name="files">The files.</param>
    /// <param name="storeAsync">Stores the rows. Returns the reason of a refusal; null when the rows are stored.</param>
    /// <exception cref="ApiException">The rows were refused.</exception>
    public static async Task KeepAllAsync(IReadOnlyList<ReceivedFile> files, Func<Task<ApiException?>> storeAsync)
    {
        SetKept(files, isKept: true);
        ApiException? refusal;
        try
        {
            refusal = await storeAsync();
        }
        catch (Exception exception) when (exception is MissingParentException or DuplicateKeyException or StaleWriteException)
        {
            SetKept(files, isKept: false);
            throw;
        }

        if (refusal is null)
            return;
        SetKept(files, isKept: false);
        throw refusal;
    }

    private static void SetKept(IReadOnlyList<ReceivedFile> files, bool isKept)
    {
        foreach (var file in files)
            file._isKept = isKept;
    }

    public ValueTask DisposeAsync()
    {
        if (_isKept || _isDiscarded)
            return default;
        _isDiscarded = true;
        return files.DiscardAsync(blob.Id);
    }
}
