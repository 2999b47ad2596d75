using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The references of rows to blobs.</summary>
internal static class BlobQueries
{
    /// <summary>The kind of due work that deletes the blobs whose ids are its payload, separated by spaces.</summary>
    public const string RemovalKind = "blob-removal";

    private const int BlobsPerItem = 500;

    /// <summary>Lists the blobs of the conversation's files.</summary>
    public static ValueTask<List<string>> ListBlobsAsync(this ISqlSession db, string conversationId) => db.ListAsync(
        """SELECT "BlobId" FROM "Attachments" WHERE "ConversationId" = $1 AND "BlobId" IS NOT NULL ORDER BY "BlobId" """,
        static row => row.GetString(0), conversationId);

    /// <summary>Lists those of the ids to which a row refers.</summary>
    public static ValueTask<List<string>> ListUsedBlobsAsync(this ISqlSession db, IReadOnlyList<string> ids) =>
        ids.Count == 0 ? new([]) : db.ListAsync(
            new SqlQuery().AddSql("SELECT \"BlobId\" FROM \"Attachments\" WHERE TRUE").AddIn("\"BlobId\"", ids)
                .AddSql(" UNION ALL SELECT \"BlobId\" FROM \"Contents\" WHERE TRUE").AddIn("\"BlobId\"", ids),
            static row => row.GetString(0));

    /// <summary>Stores due work that deletes the blobs. Call this in the transaction that deletes the rows that refer to them.</summary>
    public static async ValueTask RemoveBlobsAsync(this ISqlTransaction db, IReadOnlyList<string> ids, DateTimeOffset now)
    {
        foreach (var some in ids.Chunk(BlobsPerItem))
            await db.EnsureDueWorkAsync(DueWorkRow.New(RemovalKind, some[0], now, now, string.Join(' ', some)));
    }
}
