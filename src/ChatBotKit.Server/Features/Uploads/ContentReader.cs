using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Features.Uploads;

/// <summary>Opens the stored contents of resources.</summary>
internal sealed class ContentReader(IStore store, IBlobStore blobs)
{
    /// <summary>Opens the content at a path of a resource.</summary>
    /// <returns>The content, whose bytes the caller disposes; null when there is none.</returns>
    /// <exception cref="ApiException">404: the bytes are lost.</exception>
    public async Task<OpenContent?> OpenAsync(string resourceId, string path, CancellationToken cancellationToken)
    {
        string? missing = null;
        while (await store.QueryAsync(db => db.FindContentAsync(resourceId, path), cancellationToken) is { BlobId: { } blobId } row)
        {
            if (await blobs.OpenAsync(blobId, cancellationToken) is { } bytes)
                return new OpenContent(row, blobId, bytes);
            // Another content has replaced this one since its row was read, or its bytes are lost.
            if (missing == blobId)
                throw ApiException.NotFound("File");
            missing = blobId;
        }

        return null;
    }
}

/// <summary>An open content.</summary>
/// <param name="Row">The row.</param>
/// <param name="BlobId">The id of the blob.</param>
/// <param name="Bytes">The bytes.</param>
internal sealed record OpenContent(ContentRow Row, string BlobId, Stream Bytes) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Bytes.DisposeAsync();
}
