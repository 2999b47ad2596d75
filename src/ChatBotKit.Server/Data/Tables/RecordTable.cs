using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of the records of datasets.</summary>
internal static class RecordTable
{
    /// <summary>The kind of due work that deletes the records of a deleted dataset, whose id is its key.</summary>
    public const string RemovalKind = "record-removal";

    /// <summary>The condition for the rows that are records. The other rows are deletions.</summary>
    public const string AreStored = "\"Text\" IS NOT NULL";

    public static SqlTable<RecordRow> Rows { get; } = new(
        "Records",
        ["DatasetId", "Id", "Change", "Source", "Meta", "CreatedAt", "UpdatedAt", "Text"],
        static row => new()
        {
            DatasetId = row.GetString(0),
            Id = row.GetString(1),
            Change = row.GetInt64(2),
            Source = row.GetStringOrNull(3),
            Meta = row.GetStringOrNull(4),
            CreatedAt = row.GetInt64(5),
            UpdatedAt = row.GetInt64(6),
            Text = row.GetStringOrNull(7),
        },
        static (row, to) => to.Fill(
            row.DatasetId, row.Id, row.Change, row.Source, row.Meta, row.CreatedAt, row.UpdatedAt, row.Text),
        keys: 2);

    public static ValueTask<RecordRow?> FindRecordAsync(this ISqlSession db, string datasetId, string id) => db.FirstAsync(
        Rows, $"""WHERE "DatasetId" = $1 AND "Id" = $2 AND {AreStored}""", datasetId, id);

    /// <summary>Returns the ids and the <c>meta</c> of the next records in the order of their ids.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="datasetId">The dataset.</param>
    /// <param name="after">The last id that the caller knows; empty for none.</param>
    /// <param name="take">The maximum number of records.</param>
    public static ValueTask<List<(string Id, string? Meta)>> ListRecordMetasAsync(
        this ISqlSession db, string datasetId, string after, int take) => db.ListAsync(
        $"""
        SELECT "Id", "Meta" FROM "Records" WHERE "DatasetId" = $1 AND "Id" > $2 AND {AreStored} ORDER BY "Id" LIMIT $3
        """,
        static row => (row.GetString(0), row.GetStringOrNull(1)), datasetId, after, take);

    /// <summary>Returns the ids of the records from an id up to another one, which is not among them.</summary>
    public static ValueTask<List<string>> ListRecordIdsAsync(this ISqlSession db, string datasetId, string from, string to) => db.ListAsync(
        $"""SELECT "Id" FROM "Records" WHERE "DatasetId" = $1 AND "Id" >= $2 AND "Id" < $3 AND {AreStored}""",
        static row => row.GetString(0), datasetId, from, to);

    /// <summary>Returns the earliest time of a record from an id up to another one, which is not among them; null when there is no record.</summary>
    public static ValueTask<long?> FindOldestRecordAsync(this ISqlSession db, string datasetId, string from, string to) => db.FirstAsync(
        $"""SELECT min("UpdatedAt") FROM "Records" WHERE "DatasetId" = $1 AND "Id" >= $2 AND "Id" < $3 AND {AreStored}""",
        static row => row.GetInt64OrNull(0), datasetId, from, to);

    /// <summary>Lists the next records from an id up to another one, which is not among them, that have a time or an earlier one.</summary>
    public static ValueTask<List<RecordRow>> ListOldRecordsAsync(
        this ISqlSession db, string datasetId, string from, string to, long at, int take) => db.ListAsync(
        Rows,
        $"""WHERE "DatasetId" = $1 AND "Id" >= $2 AND "Id" < $3 AND {AreStored} AND "UpdatedAt" <= $4 ORDER BY "Id" LIMIT $5""",
        datasetId, from, to, at, take);

    /// <summary>Stores a new record.</summary>
    /// <exception cref="MissingParentException">The dataset was deleted.</exception>
    public static async ValueTask AddRecordAsync(this ISqlTransaction db, RecordRow record) =>
        await db.InsertAsync(Rows, record with { Change = await db.NextRecordChangeAsync(record.DatasetId) });

    /// <summary>Stores a record in place of one with the same id, if there is one. Nothing changes when they have the same contents.</summary>
    /// <returns>Whether the dataset has changed.</returns>
    /// <exception cref="MissingParentException">The dataset was deleted.</exception>
    public static async ValueTask<bool> PutRecordAsync(this ISqlTransaction db, RecordRow record)
    {
        var kept = await db.FirstAsync(Rows, """WHERE "DatasetId" = $1 AND "Id" = $2""", record.DatasetId, record.Id);
        if (kept is null)
            await db.AddRecordAsync(record);
        else if (kept.Text is null)
            await db.ChangeRecordAsync(record);
        else if ((kept.Text, kept.Source, kept.Meta) != (record.Text, record.Source, record.Meta))
            await db.ChangeRecordAsync(record with { CreatedAt = kept.CreatedAt });
        else
            return false;
        return true;
    }

    /// <summary>Updates a stored record.</summary>
    public static async ValueTask ChangeRecordAsync(this ISqlTransaction db, RecordRow record) =>
        await db.UpdateAsync(Rows, record with { Change = await db.NextRecordChangeAsync(record.DatasetId) });

    /// <summary>Sets the time of a stored record whose contents stay the same, so it is no change of the dataset.</summary>
    public static async ValueTask TouchRecordAsync(this ISqlTransaction db, RecordRow record) => await db.ExecuteAsync(
        """UPDATE "Records" SET "UpdatedAt" = $3 WHERE "DatasetId" = $1 AND "Id" = $2""", record.DatasetId, record.Id, record.UpdatedAt);

    /// <summary>Deletes a stored record. Its row remains without its contents until the deletion is forgotten.</summary>
    public static ValueTask DeleteRecordAsync(this ISqlTransaction db, RecordRow record, DateTimeOffset now) =>
        db.ChangeRecordAsync(record with { Text = null, Source = null, Meta = null, UpdatedAt = now.ToUnixTimeMilliseconds() });

    /// <summary>Deletes records with a source, the earliest changed first.</summary>
    /// <param name="db">The transaction.</param>
    /// <param name="datasetId">The dataset.</param>
    /// <param name="source">The source.</param>
    /// <param name="upTo">The number of the change after which records remain.</param>
    /// <param name="take">The maximum number of records.</param>
    /// <param name="now">The time.</param>
    /// <returns>The number of deleted records.</returns>
    public static async ValueTask<int> DeleteRecordsOfSourceAsync(
        this ISqlTransaction db, string datasetId, string source, long upTo, int take, DateTimeOffset now)
    {
        var records = await db.ListAsync(
            Rows, $"""WHERE "DatasetId" = $1 AND "Source" = $2 AND "Change" <= $3 AND {AreStored} ORDER BY "Change" LIMIT $4""",
            datasetId, source, upTo, take);
        foreach (var record in records)
            await db.DeleteRecordAsync(record, now);
        return records.Count;
    }

    /// <summary>
    /// Stores due work that deletes all records of a dataset. Call this in the transaction that deletes the dataset, after which nothing
    /// can add a record.
    /// </summary>
    public static async ValueTask DeleteRecordsLaterAsync(this ISqlTransaction db, string datasetId, DateTimeOffset now)
    {
        if (await db.FindRecordChangesAsync(datasetId) is not null)
            await db.EnsureDueWorkAsync(DueWorkRow.New(RemovalKind, datasetId, now, now));
    }

    /// <summary>Deletes the first rows of a dataset.</summary>
    /// <returns>The number of deleted rows.</returns>
    public static ValueTask<int> DeleteRecordsAsync(this ISqlTransaction db, string datasetId, int take) => db.ExecuteAsync(
        """
        DELETE FROM "Records" WHERE "DatasetId" = $1 AND "Id" IN (
            SELECT "Id" FROM "Records" WHERE "DatasetId" = $1 ORDER BY "Id" LIMIT $2)
        """,
        datasetId, take);
}
