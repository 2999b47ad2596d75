using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Files;

/// <summary>
/// Stores the contents of files. A new content replaces the old one in the transaction that stores its row, so that readers get either
/// of them, whole.
/// </summary>
internal sealed class FileContents(IStore store, ResourceStore resources, TimeProvider time)
{
    private const string ContentTypeField = "contentType";

    public ContentRow New(ResourceRow file, Upload upload)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return new ContentRow
        {
            Id = Ids.New(now),
            ResourceId = file.Id,
            Path = ContentRow.OfFile,
            AccountId = file.AccountId,
            Name = upload.Name,
            ContentType = upload.ContentType,
            Size = upload.Size,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    /// <summary>Stores the announcement of a content. The old content remains until the bytes of the new one are stored.</summary>
    /// <param name="row">The announced content.</param>
    /// <param name="answered">The idempotency row, which is stored with it; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the write before it begins.</param>
    /// <exception cref="MissingParentException">The file was deleted.</exception>
    public Task AnnounceAsync(ContentRow row, IdempotencyRow? answered, CancellationToken cancellationToken) => store.ChangeAsync(
        async db =>
        {
            await db.InsertAsync(ContentTable.Rows, row);
            await db.RememberAsync(answered);
            return true;
        },
        cancellationToken);

    /// <summary>Stores a received content.</summary>
    /// <exception cref="ApiException">404: the file was deleted.</exception>
    public Task PutAsync(ContentRow row, ReceivedFile bytes, IdempotencyRow? answered, CancellationToken cancellationToken) =>
        bytes.KeepAsync(blobId => store.ChangeAsync(
            async db =>
            {
                if (!await DescribeAsync(db, row))
                    return NotFound();
                await db.PutContentAsync(row with { BlobId = blobId }, isAnnounced: false, time.GetUtcNow());
                await db.RememberAsync(answered);
                return null;
            },
            cancellationToken));

    /// <summary>Stores the bytes of an announced content.</summary>
    /// <exception cref="ApiException">
    /// 404: the file was deleted; 409: an earlier request has already stored the bytes, which are kept.
    /// </exception>
    public Task CompleteAsync(ContentRow announced, ReceivedFile bytes, CancellationToken cancellationToken) =>
        bytes.KeepAsync(blobId => store.ChangeAsync(
            async db =>
            {
                if (await db.FindContentByIdAsync(announced.ResourceId, announced.Id) is not { } row)
                    return NotFound();
                if (row.BlobId is not null)
                    return Taken();
                if (!await DescribeAsync(db, row))
                    return NotFound();
                var now = time.GetUtcNow();
                var stored = row with { BlobId = blobId, Size = bytes.Size, UpdatedAt = now.ToUnixTimeMilliseconds() };
                await db.PutContentAsync(stored, isAnnounced: true, now);
                return null;
            },
            cancellationToken));

    /// <summary>Finds the content of a file; null when nothing was uploaded to it yet.</summary>
    public ValueTask<ContentRow?> FindAsync(string fileId, CancellationToken cancellationToken) =>
        store.QueryAsync(db => db.FindContentAsync(fileId, ContentRow.OfFile), cancellationToken);

    /// <summary>Finds a content by its id, stored or announced; null when it was replaced or deleted.</summary>
    public ValueTask<ContentRow?> FindByIdAsync(string fileId, string contentId, CancellationToken cancellationToken) =>
        store.QueryAsync(db => db.FindContentByIdAsync(fileId, contentId), cancellationToken);

    public static ApiException NotFound() => ApiException.NotFound("File");

    public static ApiException Taken() => ApiException.Conflict("The file is already there");

    /// <summary>Writes the media type into the document of the file.</summary>
    /// <returns>Whether the file exists.</returns>
    private ValueTask<bool> DescribeAsync(ISqlTransaction db, ContentRow row) => resources.EditAsync(
        db, row.ResourceId, time.GetUtcNow().ToUnixTimeMilliseconds(),
        document =>
        {
            if (document[ResourceFields.Meta] is not JsonObject meta)
                document[ResourceFields.Meta] = meta = [];
            meta[ContentTypeField] = row.ContentType;
        });
}
