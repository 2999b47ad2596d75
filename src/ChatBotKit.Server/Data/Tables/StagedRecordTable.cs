using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>
/// The table of the records of imports that are not complete. They are stored in small transactions, and take the place of the file's
/// earlier records in a single one, so that a reader sees all records of one import and none of another.
/// </summary>
internal static class StagedRecordTable
{
    public static SqlTable<StagedRecordRow> Rows { get; } = new(
        "StagedRecords",
        ["DatasetId", "FileId", "Import", "Id", "Meta", "Text"],
        static row => new()
        {
            DatasetId = row.GetString(0),
            FileId = row.GetString(1),
            Import = row.GetString(2),
            Id = row.GetString(3),
            Meta = row.GetStringOrNull(4),
            Text = row.GetString(5),
        },
        static (row, to) => to.Fill(row.DatasetId, row.FileId, row.Import, row.Id, row.Meta, row.Text),
        keys: 4);

    // A record with the same contents keeps its number, so that no index reads it again.
    private const string Publish = """
        INSERT INTO "Records" AS kept ("DatasetId", "Id", "Change", "Source", "Meta", "CreatedAt", "UpdatedAt", "Text")
        SELECT staged."DatasetId", staged."Id", $4 + row_number() OVER (ORDER BY staged."Id"), $5, staged."Meta", $6, $6, staged."Text"
        FROM "StagedRecords" AS staged LEFT JOIN "Records" AS old ON old."DatasetId" = staged."DatasetId" AND old."Id" = staged."Id"
        WHERE staged."DatasetId" = $1 AND staged."FileId" = $2 AND staged."Import" = $3
            AND (old."Text" IS NULL OR old."Text" <> staged."Text" OR old."Source" IS DISTINCT FROM $5 OR old."Meta" IS DISTINCT FROM staged."Meta")
        ON CONFLICT ("DatasetId", "Id") DO UPDATE SET "Change" = excluded."Change", "Source" = excluded."Source", "Meta" = excluded."Meta",
            "CreatedAt" = CASE WHEN kept."Text" IS NULL THEN excluded."CreatedAt" ELSE kept."CreatedAt" END,
            "UpdatedAt" = excluded."UpdatedAt", "Text" = excluded."Text"
        """;

    // An import creates ids that begin with that of the dataset and a hyphen; the character after it ends their range. Records that the
    // owner has created with the same source remain.
    private const string Remove = """
        UPDATE "Records" SET "Text" = NULL, "Source" = NULL, "Meta" = NULL, "UpdatedAt" = $6, "Change" = $4 + gone."No"
        FROM (
            SELECT old."Id", row_number() OVER (ORDER BY old."Id") AS "No" FROM "Records" AS old
            WHERE old."DatasetId" = $1 AND old."Source" = $5 AND old."Text" IS NOT NULL AND old."Id" >= $1 || '-' AND old."Id" < $1 || '.'
                AND NOT EXISTS (
                    SELECT 1 FROM "StagedRecords" AS staged
                    WHERE staged."DatasetId" = $1 AND staged."FileId" = $2 AND staged."Import" = $3 AND staged."Id" = old."Id")
        ) AS gone
        WHERE "Records"."DatasetId" = $1 AND "Records"."Id" = gone."Id"
        """;

    /// <summary>Stores a record that is not visible yet.</summary>
    /// <exception cref="MissingParentException">The file was detached.</exception>
    public static ValueTask StageRecordAsync(this ISqlTransaction db, StagedRecordRow row) => db.InsertAsync(Rows, row);

    /// <summary>
    /// Makes the staged records of an import the records of its file: those that are new or different are stored, and those of the earlier
    /// import that are not among them are deleted. The staged rows remain.
    /// </summary>
    /// <param name="db">The transaction.</param>
    /// <param name="import">The import.</param>
    /// <param name="source">The source of the records.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="MissingParentException">The dataset was deleted.</exception>
    public static async ValueTask PublishStagedRecordsAsync(this ISqlTransaction db, StagedImport import, string source, DateTimeOffset now)
    {
        var (dataset, file, id) = (import.DatasetId, import.FileId, import.Id);
        var (last, at) = ((await db.FindRecordChangesAsync(dataset))?.Last ?? 0, now.ToUnixTimeMilliseconds());
        var count = await db.ExecuteAsync(Publish, dataset, file, id, last, source, at);
        count += await db.ExecuteAsync(Remove, dataset, file, id, last + count, source, at);
        if (count > 0)
            await db.TakeRecordChangesAsync(dataset, count);
    }

    /// <summary>Returns the imports of a file that have staged records.</summary>
    public static ValueTask<List<StagedImport>> ListStagedImportsAsync(this ISqlSession db, string datasetId, string fileId) => db.ListAsync(
        """SELECT DISTINCT "Import" FROM "StagedRecords" WHERE "DatasetId" = $1 AND "FileId" = $2""",
        row => new StagedImport(datasetId, fileId, row.GetString(0)), datasetId, fileId);

    /// <summary>Deletes the first staged records of an import.</summary>
    /// <returns>The number of deleted rows.</returns>
    public static ValueTask<int> DeleteStagedRecordsAsync(this ISqlTransaction db, StagedImport import, int take) => db.ExecuteAsync(
        """
        DELETE FROM "StagedRecords" WHERE "DatasetId" = $1 AND "FileId" = $2 AND "Import" = $3 AND "Id" IN (
            SELECT "Id" FROM "StagedRecords" WHERE "DatasetId" = $1 AND "FileId" = $2 AND "Import" = $3 ORDER BY "Id" LIMIT $4)
        """,
        import.DatasetId, import.FileId, import.Id, take);
}

/// <summary>One attempt to import a file.</summary>
/// <param name="DatasetId">The id of the dataset.</param>
/// <param name="FileId">The id of the file.</param>
/// <param name="Id">The id of the attempt.</param>
internal sealed record StagedImport(string DatasetId, string FileId, string Id)
{
    /// <summary>Reads the key of due work.</summary>
    public static StagedImport Parse(string key) => key.Split('.') is [var dataset, var file, var id]
        ? new StagedImport(dataset, file, id)
        : throw new ArgumentException($"'{key}' is no key of an import.", nameof(key));

    /// <summary>Returns the key of due work about this import.</summary>
    public string ToKey() => $"{DatasetId}.{FileId}.{Id}";
}
