using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of the texts of documents. A foreign key deletes a text with its attachment or content.</summary>
internal static class DocumentTextTable
{
    public static SqlTable<DocumentTextRow> Rows { get; } = new(
        "DocumentTexts",
        ["BlobId", "AttachmentId", "ContentId", "MaxBytes", "IsCut", "Text"],
        static row => new()
        {
            BlobId = row.GetString(0),
            AttachmentId = row.GetStringOrNull(1),
            ContentId = row.GetStringOrNull(2),
            MaxBytes = row.GetInt64(3),
            IsCut = row.GetBoolean(4),
            Text = row.GetString(5),
        },
        static (row, to) => to.Fill(row.BlobId, row.AttachmentId, row.ContentId, row.MaxBytes, row.IsCut, row.Text));

    /// <summary>Finds the text of the document in a blob; null when it was not read yet.</summary>
    public static ValueTask<DocumentTextRow?> FindDocumentTextAsync(this ISqlSession db, string blobId) =>
        db.FirstAsync(Rows, """WHERE "BlobId" = $1""", blobId);

    /// <summary>Stores the text of a document, in place of an earlier one.</summary>
    /// <exception cref="MissingParentException">The attachment or content was deleted.</exception>
    public static async ValueTask PutDocumentTextAsync(this ISqlTransaction db, DocumentTextRow row)
    {
        await db.ExecuteAsync("""DELETE FROM "DocumentTexts" WHERE "BlobId" = $1""", row.BlobId);
        await db.InsertAsync(Rows, row);
    }
}
