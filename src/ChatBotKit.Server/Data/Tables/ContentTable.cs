using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of the contents of resources.</summary>
internal static class ContentTable
{
    /// <summary>The time for which the bytes of a replaced content remain, so that downloads in progress can end.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

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
        {
            await db.RemoveBlobsAsync([replaced.BlobId!], now + Grace);
            await db.ExecuteAsync("""DELETE FROM "Contents" WHERE "Id" = $1""", replaced.Id);
        }

        if (isAnnounced)
            await db.UpdateAsync(Rows, row);
        else
            await db.InsertAsync(Rows, row);
    }

    /// <summary>Stores due work that deletes the bytes of all contents of a resource, whose rows are deleted with the resource.</summary>
    public static async ValueTask RemoveContentsAsync(this ISqlTransaction db, string resourceId, DateTimeOffset now) => await db.RemoveBlobsAsync(
        await db.ListAsync(
            """SELECT "BlobId" FROM "Contents" WHERE "ResourceId" = $1 AND "BlobId" IS NOT NULL ORDER BY "BlobId" """,
            static row => row.GetString(0), resourceId),
        now);

    /// <summary>Deletes announcements that were made before the given time and whose bytes never came, the oldest first.</summary>
    /// <returns>The number of deleted announcements.</returns>
    public static ValueTask<int> DeleteForgottenContentsAsync(this ISqlTransaction db, long before, int take) => db.ExecuteAsync(
        """
        DELETE FROM "Contents" WHERE "BlobId" IS NULL AND "Id" IN (
            SELECT "Id" FROM "Contents" WHERE "BlobId" IS NULL AND "CreatedAt" < $1 ORDER BY "CreatedAt", "Id" LIMIT $2)
        """,
        before, take);
}
