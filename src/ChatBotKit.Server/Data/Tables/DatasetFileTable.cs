using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of the files that are attached to datasets.</summary>
internal static class DatasetFileTable
{
    public static SqlTable<DatasetFileRow> Rows { get; } = new(
        "DatasetFiles",
        ["DatasetId", "FileId", "Type", "CreatedAt", "State", "Error", "Records", "ImportedAt"],
        static row => new()
        {
            DatasetId = row.GetString(0),
            FileId = row.GetString(1),
            Type = row.GetString(2),
            CreatedAt = row.GetInt64(3),
            State = row.GetString(4),
            Error = row.GetStringOrNull(5),
            Records = row.GetInt64(6),
            ImportedAt = row.GetInt64OrNull(7),
        },
        static (row, to) => to.Fill(row.DatasetId, row.FileId, row.Type, row.CreatedAt, row.State, row.Error, row.Records, row.ImportedAt),
        keys: 2);

    /// <summary>Finds an attached file; null when the file is not attached to the dataset.</summary>
    public static ValueTask<DatasetFileRow?> FindAttachedFileAsync(this ISqlSession db, string datasetId, string fileId) =>
        db.FirstAsync(Rows, """WHERE "DatasetId" = $1 AND "FileId" = $2""", datasetId, fileId);

    /// <summary>Returns the places at which a file is attached.</summary>
    public static ValueTask<List<DatasetFileRow>> ListAttachmentsOfAsync(this ISqlSession db, string fileId) =>
        db.ListAsync(Rows, """WHERE "FileId" = $1 ORDER BY "DatasetId" """, fileId);

    /// <summary>Attaches a file, unless it is attached already.</summary>
    /// <exception cref="MissingParentException">The dataset or the file was deleted.</exception>
    public static async ValueTask AttachFileAsync(this ISqlTransaction db, DatasetFileRow row) => await db.ExecuteAsync(
        """
        INSERT INTO "DatasetFiles" ("DatasetId", "FileId", "Type", "CreatedAt", "State", "Records") VALUES ($1, $2, $3, $4, $5, 0)
        ON CONFLICT ("DatasetId", "FileId") DO NOTHING
        """,
        row.DatasetId, row.FileId, row.Type, row.CreatedAt, row.State);

    /// <summary>Updates an attached file.</summary>
    /// <returns>Whether the file is still attached.</returns>
    public static ValueTask<bool> UpdateAttachedFileAsync(this ISqlTransaction db, DatasetFileRow row) => db.UpdateAsync(Rows, row);

    public static async ValueTask DetachFileAsync(this ISqlTransaction db, string datasetId, string fileId) =>
        await db.ExecuteAsync("""DELETE FROM "DatasetFiles" WHERE "DatasetId" = $1 AND "FileId" = $2""", datasetId, fileId);

    /// <summary>Adds the condition that a file is attached to a dataset.</summary>
    public static void AddAttachedTo(this SqlQuery query, string datasetId) =>
        query.Add($""" AND "Id" IN (SELECT "FileId" FROM "DatasetFiles" WHERE "DatasetId" = {datasetId})""");
}
