namespace ChatBotKit.Server.Data;

/// <summary>The table of the files that are attached to datasets.</summary>
internal static class DatasetFileTable
{
    /// <summary>Attaches a file, unless it is attached already.</summary>
    /// <exception cref="MissingParentException">The dataset or the file was deleted.</exception>
    public static async ValueTask AttachFileAsync(this ISqlTransaction db, string datasetId, string fileId, string type, DateTimeOffset now) =>
        await db.ExecuteAsync(
            """
            INSERT INTO "DatasetFiles" ("DatasetId", "FileId", "Type", "CreatedAt") VALUES ($1, $2, $3, $4)
            ON CONFLICT ("DatasetId", "FileId") DO NOTHING
            """,
            datasetId, fileId, type, now.ToUnixTimeMilliseconds());

    public static async ValueTask DetachFileAsync(this ISqlTransaction db, string datasetId, string fileId) =>
        await db.ExecuteAsync("""DELETE FROM "DatasetFiles" WHERE "DatasetId" = $1 AND "FileId" = $2""", datasetId, fileId);

    /// <summary>Adds the condition that a file is attached to a dataset.</summary>
    public static void AddAttachedTo(this SqlQuery query, string datasetId) =>
        query.Add($""" AND "Id" IN (SELECT "FileId" FROM "DatasetFiles" WHERE "DatasetId" = {datasetId})""");
}
