using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of attachments.</summary>
internal static class AttachmentTable
{
    public static SqlTable<AttachmentRow> Rows { get; } = new(
        "Attachments",
        [
            "Id", "AccountId", "ConversationId", "SessionId", "Name", "OriginalName", "ContentType", "Size", "BlobId",
            "CreatedAt", "UpdatedAt",
        ],
        static row => new()
        {
            Id = row.GetString(0),
            AccountId = row.GetString(1),
            ConversationId = row.GetString(2),
            SessionId = row.GetStringOrNull(3),
            Name = row.GetString(4),
            OriginalName = row.GetStringOrNull(5),
            ContentType = row.GetString(6),
            Size = row.GetInt64(7),
            BlobId = row.GetStringOrNull(8),
            CreatedAt = row.GetInt64(9),
            UpdatedAt = row.GetInt64(10),
        },
        static (row, to) => to.Fill(
            row.Id, row.AccountId, row.ConversationId, row.SessionId, row.Name, row.OriginalName, row.ContentType,
            row.Size, row.BlobId, row.CreatedAt, row.UpdatedAt));

    public static ValueTask<AttachmentRow?> FindAttachmentAsync(this ISqlSession db, string conversationId, string id) =>
        db.FirstAsync(Rows, """WHERE "Id" = $1 AND "ConversationId" = $2""", id, conversationId);

    public static ValueTask<AttachmentRow?> FindAttachmentByNameAsync(this ISqlSession db, string conversationId, string name) =>
        db.FirstAsync(Rows, """WHERE "ConversationId" = $1 AND "Name" = $2 ORDER BY "Id" LIMIT 1""", conversationId, name);

    /// <summary>Lists those of the named files whose bytes are stored.</summary>
    public static ValueTask<List<AttachmentRow>> ListStoredAsync(this ISqlSession db, string conversationId, IReadOnlyList<string> names) =>
        names.Count == 0 ? new([]) : db.ListAsync(
            new SqlQuery().AddSql(Rows.Select("WHERE \"BlobId\" IS NOT NULL")).Add($" AND \"ConversationId\" = {conversationId}").AddIn("\"Name\"", names),
            Rows.Read);

    /// <summary>Lists files that were announced before the given time but never uploaded, oldest first.</summary>
    public static ValueTask<List<AttachmentRow>> ListForgottenAsync(this ISqlSession db, long before, int take) => db.ListAsync(
        Rows, """WHERE "BlobId" IS NULL AND "CreatedAt" < $1 ORDER BY "CreatedAt", "Id" LIMIT $2""", before, take);

    public static async ValueTask DeleteAttachmentAsync(this ISqlTransaction db, string id) =>
        await db.ExecuteAsync("""DELETE FROM "Attachments" WHERE "Id" = $1""", id);
}
