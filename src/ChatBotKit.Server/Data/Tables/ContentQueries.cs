namespace ChatBotKit.Server.Data;

/// <summary>A stored content of a folder.</summary>
internal readonly record struct ContentEntry(string Path, long Size, long UpdatedAt, string BlobId);

/// <summary>Queries about the stored contents of a resource that lie in folders, and about the bytes of accounts.</summary>
internal static class ContentQueries
{
    private const string Stored = """FROM "Contents" WHERE "BlobId" IS NOT NULL""";

    /// <summary>Whether the range has a content.</summary>
    public static async ValueTask<bool> HasContentsAsync(this ISqlSession db, string resourceId, PathRange range)
    {
        var query = In($"SELECT 1 {Stored}", resourceId, range).AddSql(" LIMIT 1");
        return await db.FirstAsync(query.Sql, static _ => true, query.Values);
    }

    /// <summary>Lists the first contents of the range, in the order of their paths.</summary>
    public static ValueTask<List<ContentEntry>> ListContentsAsync(this ISqlSession db, string resourceId, PathRange range, int take) => db.ListAsync(
        In($"""SELECT "Path", "Size", "UpdatedAt", "BlobId" {Stored}""", resourceId, range).AddSql(" ORDER BY \"Path\"").Add($" LIMIT {take}"),
        static row => new ContentEntry(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetString(3)));

    /// <summary>Whether the resource has a content at one of the paths.</summary>
    public static async ValueTask<bool> HasContentAtAsync(this ISqlSession db, string resourceId, IReadOnlyList<string> paths)
    {
        if (paths.Count == 0)
            return false;
        var query = new SqlQuery().AddSql($"SELECT 1 {Stored}").Add($" AND \"ResourceId\" = {resourceId}").AddIn("\"Path\"", paths).AddSql(" LIMIT 1");
        return await db.FirstAsync(query.Sql, static _ => true, query.Values);
    }

    /// <summary>Deletes the contents of the range up to a path.</summary>
    public static async ValueTask DeleteRangeAsync(this ISqlTransaction db, string resourceId, string from, string to) => await db.ExecuteAsync(
        """DELETE FROM "Contents" WHERE "BlobId" IS NOT NULL AND "ResourceId" = $1 AND "Path" >= $2 AND "Path" <= $3""", resourceId, from, to);

    /// <summary>Returns the number of bytes that the account stores.</summary>
    public static ValueTask<long> StoredBytesAsync(this ISqlSession db, string accountId) =>
        db.FirstAsync("""SELECT "ContentBytes" FROM "Accounts" WHERE "Id" = $1""", static row => row.GetInt64(0), accountId);

    /// <summary>Adds to the number of bytes that the account stores.</summary>
    public static async ValueTask AddStoredBytesAsync(this ISqlTransaction db, string accountId, long bytes)
    {
        if (bytes != 0)
            await db.ExecuteAsync("""UPDATE "Accounts" SET "ContentBytes" = "ContentBytes" + $2 WHERE "Id" = $1""", accountId, bytes);
    }

    private static SqlQuery In(string select, string resourceId, PathRange range)
    {
        var query = new SqlQuery().AddSql(select).Add($" AND \"ResourceId\" = {resourceId} AND \"Path\" >= {range.From}");
        return range.To is { } to ? query.Add($" AND \"Path\" < {to}") : query;
    }
}
