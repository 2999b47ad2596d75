namespace ChatBotKit.Server.Data;

/// <summary>
/// The bytes of files. A blob never changes. A row refers to it by its id. The blob is stored before the row, and deleted after it, so that
/// a crash leaves no row without its bytes. A blob to which no row refers is deleted by a sweep.
/// </summary>
internal interface IBlobStore
{
    /// <summary>
    /// Stores a blob. When the task completes, its bytes are durable. Until then it can't be opened, and after a failure it does not exist.
    /// </summary>
    /// <param name="id">A new id.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="cancellationToken">The token that cancels the storing.</param>
    /// <exception cref="BlobMismatchException">The bytes do not have the expected length or hash.</exception>
    /// <exception cref="DuplicateKeyException">A blob with this id exists.</exception>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    /// <exception cref="StoreUnavailableException">The database can't be used.</exception>
    Task<StoredBlob> PutAsync(string id, BlobContent content, CancellationToken cancellationToken);

    /// <summary>
    /// Opens a blob. The stream is read asynchronously, can seek and buffers at most a small part. When the blob is deleted meanwhile,
    /// the stream either continues to its end, or fails with an <see cref="IOException"/>.
    /// </summary>
    /// <returns>The stream; null when there is no such blob.</returns>
    /// <exception cref="StoreUnavailableException">The database can't be used.</exception>
    Task<Stream?> OpenAsync(string id, CancellationToken cancellationToken);

    /// <summary>Deletes blobs. Ids without a blob are ignored.</summary>
    Task DeleteAsync(IEnumerable<string> ids, CancellationToken cancellationToken);

    /// <summary>Lists blobs, complete or partly stored, that were created before the given time, in any order.</summary>
    IAsyncEnumerable<string> ListAsync(DateTimeOffset createdBefore, CancellationToken cancellationToken);
}

/// <summary>A stored blob.</summary>
/// <param name="Id">The id.</param>
/// <param name="Length">The number of bytes.</param>
/// <param name="Sha256">The SHA-256 of the bytes.</param>
internal sealed record StoredBlob(string Id, long Length, byte[] Sha256);
