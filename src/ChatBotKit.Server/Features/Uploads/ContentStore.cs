using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Features.Uploads;

/// <summary>
/// Stores the contents of resources. A new content replaces the old one at its path in the transaction that stores its row, so that
/// readers get either of them, whole. The limit of the account is checked in the same transaction.
/// </summary>
internal abstract class ContentStore(IStore store, UploadReceiver receiver, UploadOptions options, TimeProvider time)
{
    public ContentRow New(ResourceRow resource, string path, string? name, string contentType, long size)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return new ContentRow
        {
            Id = Ids.New(now),
            ResourceId = resource.Id,
            Path = path,
            AccountId = resource.AccountId,
            Name = name,
            ContentType = contentType,
            Size = size,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    /// <summary>Stores an upload, or its announcement.</summary>
    /// <param name="row">The content.</param>
    /// <param name="bytes">The bytes; null when they are only announced.</param>
    /// <param name="answered">The idempotency row, which is stored with it; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the write before it begins.</param>
    /// <exception cref="ApiException">
    /// 400: the resource can't have a content at the path; 404: the resource was deleted; 429: the account has no room.
    /// </exception>
    public Task AddAsync(ContentRow row, ReceivedFile? bytes, IdempotencyRow? answered, CancellationToken cancellationToken) =>
        bytes is null ? AnnounceAsync(row, answered, cancellationToken) : PutAsync(row, bytes, answered, cancellationToken);

    /// <summary>Receives the bytes of an announced content.</summary>
    /// <returns>The path of the content.</returns>
    /// <exception cref="ApiException">
    /// 404: the resource was deleted, or the content was already replaced by a later one; 409: an earlier request has already stored the
    /// bytes, which are kept; 413: there are more bytes than announced; 400, 429: see <see cref="AddAsync"/>.
    /// </exception>
    public async Task<string> ReceiveAsync(string resourceId, string contentId, HttpRequest request, CancellationToken cancellationToken)
    {
        var content = await FindByIdAsync(resourceId, contentId, cancellationToken) ?? throw NotFound();
        if (content.BlobId is not null)
            throw Taken();
        await using var bytes = await receiver.ReceiveAnnouncedAsync(request, content.Size, cancellationToken);
        await bytes.KeepAsync(blobId => store.ChangeAsync(
            async db =>
            {
                if (await db.FindContentByIdAsync(resourceId, contentId) is not { } row)
                    return NotFound();
                return row.BlobId is null
                    ? await TryPutAsync(db, row with { BlobId = blobId, Size = bytes.Size }, isAnnounced: true)
                    : Taken();
            },
            cancellationToken));
        return content.Path;
    }

    /// <summary>Finds the content at a path; null when there is none.</summary>
    public ValueTask<ContentRow?> FindAsync(string resourceId, string path, CancellationToken cancellationToken) =>
        store.QueryAsync(db => db.FindContentAsync(resourceId, path), cancellationToken);

    /// <summary>Finds a content by its id, stored or announced; null when it was replaced or deleted.</summary>
    public ValueTask<ContentRow?> FindByIdAsync(string resourceId, string contentId, CancellationToken cancellationToken) =>
        store.QueryAsync(db => db.FindContentByIdAsync(resourceId, contentId), cancellationToken);

    /// <summary>Creates the error for a resource or content that does not exist.</summary>
    public abstract ApiException NotFound();

    /// <summary>Checks the place of a content, before anything of it is written.</summary>
    /// <returns>The refusal; null when the content may be stored.</returns>
    protected virtual ValueTask<ApiException?> FindRefusalAsync(ISqlSession db, ContentRow row) => new((ApiException?)null);

    /// <summary>Writes what is stored with a content.</summary>
    /// <returns>Whether the resource exists. If it does not, nothing is written.</returns>
    protected virtual ValueTask<bool> DescribeAsync(ISqlTransaction db, ContentRow row, long now) => new(true);

    private static ApiException Taken() => ApiException.Conflict("The file is already there");

    private async Task AnnounceAsync(ContentRow row, IdempotencyRow? answered, CancellationToken cancellationToken)
    {
        var refusal = await store.ChangeAsync(
            async db =>
            {
                if (await FindAnyRefusalAsync(db, row) is { } refusal)
                    return refusal;
                await db.InsertAsync(ContentTable.Rows, row);
                await db.RememberAsync(answered);
                return null;
            },
            cancellationToken);
        if (refusal is not null)
            throw refusal;
    }

    private Task PutAsync(ContentRow row, ReceivedFile bytes, IdempotencyRow? answered, CancellationToken cancellationToken) =>
        bytes.KeepAsync(blobId => store.ChangeAsync(
            async db =>
            {
                if (await TryPutAsync(db, row with { BlobId = blobId }, isAnnounced: false) is { } refusal)
                    return refusal;
                await db.RememberAsync(answered);
                return null;
            },
            cancellationToken));

    private async ValueTask<ApiException?> TryPutAsync(ISqlTransaction db, ContentRow row, bool isAnnounced)
    {
        if (await FindAnyRefusalAsync(db, row) is { } refusal)
            return refusal;
        var now = time.GetUtcNow();
        if (!await DescribeAsync(db, row, now.ToUnixTimeMilliseconds()))
            return NotFound();
        await db.PutContentAsync(row with { UpdatedAt = Math.Max(row.UpdatedAt, now.ToUnixTimeMilliseconds()) }, isAnnounced, now);
        return null;
    }

    private async ValueTask<ApiException?> FindAnyRefusalAsync(ISqlSession db, ContentRow row)
    {
        if (await FindRefusalAsync(db, row) is { } refusal)
            return refusal;
        var room = await StorageRoom.FindAsync(db, row.AccountId, await db.FindContentAsync(row.ResourceId, row.Path), options);
        return room?.RefusalOf(row.Size);
    }
}
