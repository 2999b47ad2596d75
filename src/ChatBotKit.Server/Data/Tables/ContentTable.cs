using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of the contents of resources.</summary>
internal static class ContentTable
{
    /// <summary>The time for which the bytes of a replaced or deleted content remain, so that downloads in progress can end.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <summary>How many contents are read, or deleted in one transaction.</summary>
    private const int AtOnce = 500;

    public static SqlTable<ContentRow> Rows { get; } = new(
        "Contents",
        ["Id", "ResourceId", "Path", "AccountId", "Name", "ContentType", "Size", "BlobId", "CreatedAt", "UpdatedAt"],
        static row => new()
        {
            Id = row.GetString(0),
            ResourceId = row.GetString(1),
            Path = row.GetString(2),
            AccountId = row.GetString(3),
            Name = row.GetStringOrNull(4),
            ContentType = row.GetString(5),
            Size = row.GetInt64(6),
            BlobId = row.GetStringOrNull(7),
            CreatedAt = row.GetInt64(8),
            UpdatedAt = row.GetInt64(9),
        },
        static (row, to) => to.Fill(
            row.Id, row.ResourceId, row.Path, row.AccountId, row.Name, row.ContentType, row.Size, row.BlobId, row.CreatedAt, row.UpdatedAt));

    /// <summary>Finds the stored content at a path of a resource.</summary>
    public static ValueTask<ContentRow?> FindContentAsync(this ISqlSession db, string resourceId, string path) => db.FirstAsync(
        Rows, """WHERE "ResourceId" = $1 AND "Path" = $2 AND "BlobId" IS NOT NULL""", resourceId, path);

    /// <summary>Finds a content of a resource by its id, stored or announced.</summary>
    public static ValueTask<ContentRow?> FindContentByIdAsync(this ISqlSession db, string resourceId, string id) =>
        db.FirstAsync(Rows, """WHERE "Id" = $1 AND "ResourceId" = $2""", id, resourceId);

    /// <summary>
    /// Stores a row with a blob, which replaces the content at the same path. Due work deletes the bytes of the replaced content later.
    /// </summary>
    /// <param name="db">The transaction.</param>
    /// <param name="row">The row.</param>
    /// <param name="isAnnounced">Whether the row is already stored without its blob.</param>
    /// <param name="now">The time.</param>
    public static async ValueTask PutContentAsync(this ISqlTransaction db, ContentRow row, bool isAnnounced, DateTimeOffset now)
    {
        if (await db.FindContentAsync(row.ResourceId, row.Path) is { } replaced)
            await db.DeleteContentAsync(replaced, now);
        if (isAnnounced)
            await db.UpdateAsync(Rows, row);
        else
            await db.InsertAsync(Rows, row);
        await db.AddStoredBytesAsync(row.AccountId, row.Size);
    }

    /// <summary>Gives a stored content another path, where it replaces the content.</summary>
    public static async ValueTask MoveContentAsync(this ISqlTransaction db, ContentRow row, string path, DateTimeOffset now)
    {
        if (await db.FindContentAsync(row.ResourceId, path) is { } replaced)
            await db.DeleteContentAsync(replaced, now);
        await db.UpdateAsync(Rows, row with { Path = path, UpdatedAt = Math.Max(row.UpdatedAt, now.ToUnixTimeMilliseconds()) });
    }

    /// <summary>Deletes a stored content. Due work deletes its bytes later.</summary>
    public static async ValueTask DeleteContentAsync(this ISqlTransaction db, ContentRow row, DateTimeOffset now)
    {
        await db.RemoveBlobsAsync([row.BlobId!], now + Grace);
        await db.ExecuteAsync("""DELETE FROM "Contents" WHERE "Id" = $1""", row.Id);
        await db.AddStoredBytesAsync(row.AccountId, -row.Size);
    }

    /// <summary>Deletes the first contents of a range. Due work deletes their bytes later.</summary>
    /// <returns>The rest of the range; null when nothing is left in it.</returns>
    public static async ValueTask<PathRange?> DeleteContentsAsync(
        this ISqlTransaction db, string resourceId, string accountId, PathRange range, DateTimeOffset now)
    {
        var some = await db.ListContentsAsync(resourceId, range, AtOnce);
        if (some.Count == 0)
            return null;
        await db.RemoveBlobsAsync([.. some.Select(entry => entry.BlobId)], now + Grace);
        await db.DeleteRangeAsync(resourceId, range.From, some[^1].Path);
        await db.AddStoredBytesAsync(accountId, -some.Sum(entry => entry.Size));
        return some.Count == AtOnce ? range.After(some[^1].Path) : null;
    }

    /// <summary>Stores due work that deletes the bytes of all contents of a resource, whose rows are deleted with the resource.</summary>
    public static async ValueTask RemoveContentsAsync(this ISqlTransaction db, string resourceId, string accountId, DateTimeOffset now)
    {
        var (range, bytes, count) = (PathRange.All, 0L, AtOnce);
        while (count == AtOnce)
        {
            var some = await db.ListContentsAsync(resourceId, range, AtOnce);
            await db.RemoveBlobsAsync([.. some.Select(entry => entry.BlobId)], now);
            (bytes, count) = (bytes + some.Sum(entry => entry.Size), some.Count);
            range = count > 0 ? range.After(some[^1].Path) : range;
        }

        await db.AddStoredBytesAsync(accountId, -bytes);
    }

    /// <summary>Deletes announcements that were made before the given time and whose bytes never came, the oldest first.</summary>
    /// <returns>The number of deleted announcements.</returns>
    public static ValueTask<int> DeleteForgottenContentsAsync(this ISqlTransaction db, long before, int take) => db.ExecuteAsync(
        """
        DELETE FROM "Contents" WHERE "BlobId" IS NULL AND "Id" IN (
            SELECT "Id" FROM "Contents" WHERE "BlobId" IS NULL AND "CreatedAt" < $1 ORDER BY "CreatedAt", "Id" LIMIT $2)
        """,
        before, take);
}
