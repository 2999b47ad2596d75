using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Uploads;

namespace ChatBotKit.Server.Features.Spaces.Storage;

/// <summary>Copies, moves and deletes the files of spaces. A file that is replaced is replaced in one transaction.</summary>
internal sealed class StorageChanges(
    IStore store, StorageContents contents, ContentReader reader, ReceivedFiles files, UploadOptions options, TimeProvider time)
{
    /// <summary>Copies a file with its bytes. Copying a file to its own path changes nothing.</summary>
    /// <exception cref="ApiException">
    /// 400: the source is a folder, or there can't be a file at the destination; 404: there is no file at the source; 429: the account has
    /// no room for the copy.
    /// </exception>
    public async Task CopyAsync(ResourceRow space, string path, string destination, IdempotencyRow? answered, CancellationToken cancellationToken)
    {
        if (path == destination)
        {
            await MoveAsync(space, path, destination, answered, cancellationToken);
            return;
        }

        var refusal = await store.QueryAsync(
            async db =>
            {
                var (refusal, source) = await FindMovedAsync(db, space.Id, path, destination);
                if (refusal is not null)
                    return refusal;
                var room = await StorageRoom.FindAsync(db, space.AccountId, await db.FindContentAsync(space.Id, destination), options);
                return room?.RefusalOf(source!.Size);
            },
            cancellationToken);
        if (refusal is not null)
            throw refusal;
        await using var source = await reader.OpenAsync(space.Id, path, cancellationToken) ?? throw contents.NotFound();
        await using var bytes = await files.ReceiveAsync(source.Bytes, UploadLimit.Of(long.MaxValue), cancellationToken);
        var copy = contents.New(space, destination, name: null, source.Row.ContentType, bytes.Size);
        await contents.AddAsync(copy, bytes, answered, cancellationToken);
    }

    /// <summary>Moves a file. Moving a file to its own path changes nothing.</summary>
    /// <exception cref="ApiException">
    /// 400: the source is a folder, or there can't be a file at the destination; 404: there is no file at the source.
    /// </exception>
    public async Task MoveAsync(ResourceRow space, string path, string destination, IdempotencyRow? answered, CancellationToken cancellationToken)
    {
        var refusal = await store.ChangeAsync(
            async db =>
            {
                var (refusal, source) = await FindMovedAsync(db, space.Id, path, destination);
                if (refusal is not null)
                    return refusal;
                if (path != destination)
                    await db.MoveContentAsync(source!, destination, time.GetUtcNow());
                await db.RememberAsync(answered);
                return null;
            },
            cancellationToken);
        if (refusal is not null)
            throw refusal;
    }

    /// <summary>
    /// Deletes a file, or a folder with everything in it. A large folder is deleted in several transactions, between which other writes can
    /// run; the last one stores the idempotency row, so that a deletion that was interrupted can be repeated.
    /// </summary>
    /// <param name="space">The space.</param>
    /// <param name="path">The path of the file or folder.</param>
    /// <param name="isRecursive">Whether a folder may be deleted.</param>
    /// <param name="answered">The idempotency row; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the deletion before it begins.</param>
    /// <exception cref="ApiException">400: the path is that of a folder, and only files may be deleted; 404: there is nothing at the path.</exception>
    public async Task DeleteAsync(ResourceRow space, string path, bool isRecursive, IdempotencyRow? answered, CancellationToken cancellationToken)
    {
        var (refusal, rest) = await store.ChangeAsync(
            async db =>
            {
                if (await db.FindContentAsync(space.Id, path) is { } file)
                    await db.DeleteContentAsync(file, time.GetUtcNow());
                else if (!await db.HasContentsAsync(space.Id, PathRange.Below(path)))
                    return (contents.NotFound(), null);
                else if (!isRecursive)
                    return (ApiException.BadRequest($"\"{path}\" is a folder: send \"recursive\": true to delete it with everything in it"), null);
                else
                    return await DeletePieceAsync(db, space, PathRange.Below(path), answered);
                await db.RememberAsync(answered);
                return ((ApiException?)null, (PathRange?)null);
            },
            cancellationToken);
        if (refusal is not null)
            throw refusal;
        while (rest is { } range)
            (_, rest) = await store.ChangeAsync(db => DeletePieceAsync(db, space, range, answered), CancellationToken.None);
    }

    private async ValueTask<(ApiException? Refusal, PathRange? Left)> DeletePieceAsync(
        ISqlTransaction db, ResourceRow space, PathRange range, IdempotencyRow? answered)
    {
        var rest = await db.DeleteContentsAsync(space.Id, space.AccountId, range, time.GetUtcNow());
        if (rest is null)
            await db.RememberAsync(answered);
        return (null, rest);
    }

    /// <summary>Finds the file that is copied or moved.</summary>
    private async ValueTask<(ApiException? Refusal, ContentRow? Source)> FindMovedAsync(
        ISqlSession db, string spaceId, string path, string destination)
    {
        if (await db.FindContentAsync(spaceId, path) is { } source)
            return (path == destination ? null : await StorageContents.FindRefusalAsync(db, spaceId, destination), source);
        return await db.HasContentsAsync(spaceId, PathRange.Below(path))
            ? (ApiException.BadRequest($"\"{path}\" is a folder: only files can be copied and moved"), null)
            : (contents.NotFound(), null);
    }
}
