using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The numbers of the changes of a dataset's records.</summary>
/// <param name="Last">The number of the last change.</param>
/// <param name="Forgotten">
/// The highest number of a deletion that can no longer be read. A search index that is older must be created again.
/// </param>
internal sealed record RecordChangeNumbers(long Last, long Forgotten);

/// <summary>
/// The numbers of the changes of records. The number of a change is taken in its transaction, so the numbers of a dataset have the order
/// of the commits. A reader that has read all changes up to a number has missed none.
/// </summary>
internal static class RecordChangeTable
{
    private const string Take = """
        INSERT INTO "RecordChanges" AS kept ("DatasetId", "Last", "Forgotten") VALUES ($1, $2, 0)
        ON CONFLICT ("DatasetId") DO UPDATE SET "Last" = kept."Last" + excluded."Last" RETURNING "Last"
        """;

    /// <summary>Takes the next number of the dataset.</summary>
    /// <exception cref="MissingParentException">The dataset was deleted.</exception>
    public static ValueTask<long> NextRecordChangeAsync(this ISqlTransaction db, string datasetId) => db.TakeRecordChangesAsync(datasetId, 1);

    /// <summary>Takes the next numbers of the dataset.</summary>
    /// <returns>The last of them.</returns>
    /// <exception cref="MissingParentException">The dataset was deleted.</exception>
    public static async ValueTask<long> TakeRecordChangesAsync(this ISqlTransaction db, string datasetId, int count)
    {
        db.Announce(new Change(ChangedKinds.Record, datasetId, AccountId: "", ChangeKind.Updated));
        return (await db.ListAsync(Take, static row => row.GetInt64(0), datasetId, count))[0];
    }

    /// <summary>Returns the next datasets that have or had records, in the order of their ids.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="after">The last id that the caller knows; empty for none.</param>
    /// <param name="take">The maximum number of datasets.</param>
    public static ValueTask<List<string>> ListDatasetsWithRecordsAsync(this ISqlSession db, string after, int take) => db.ListAsync(
        """SELECT "DatasetId" FROM "RecordChanges" WHERE "DatasetId" > $1 ORDER BY "DatasetId" LIMIT $2""",
        static row => row.GetString(0), after, take);

    /// <summary>Returns the numbers of a dataset; null when no record was ever stored in it.</summary>
    public static ValueTask<RecordChangeNumbers?> FindRecordChangesAsync(this ISqlSession db, string datasetId) => db.FirstAsync(
        """SELECT "Last", "Forgotten" FROM "RecordChanges" WHERE "DatasetId" = $1""",
        static row => new RecordChangeNumbers(row.GetInt64(0), row.GetInt64(1)), datasetId);

    /// <summary>
    /// Returns the next changes after a number in their order: each record with its current contents, and each deleted record without a
    /// text.
    /// </summary>
    /// <param name="db">The connection.</param>
    /// <param name="datasetId">The dataset.</param>
    /// <param name="after">The number of the last change that the caller knows; 0 for none.</param>
    /// <param name="take">The maximum number of changes.</param>
    /// <param name="characters">No further change is read once the changes have this many characters.</param>
    public static ValueTask<SqlPage<RecordRow>> ListRecordChangesAsync(
        this ISqlSession db, string datasetId, long after, int take, int characters) => db.ListAsync(
        RecordTable.Rows, new SqlSize<RecordRow>(static row => row.Characters, characters),
        """WHERE "DatasetId" = $1 AND "Change" > $2 ORDER BY "Change" LIMIT $3""", datasetId, after, take);

    /// <summary>Forgets deletions that were made before the given time, the oldest first.</summary>
    /// <returns>The number of forgotten deletions.</returns>
    public static async ValueTask<int> ForgetRecordDeletionsAsync(this ISqlTransaction db, long before, int take)
    {
        var old = await db.ListAsync(RecordTable.Rows, """WHERE "Text" IS NULL AND "UpdatedAt" < $1 ORDER BY "UpdatedAt" LIMIT $2""", before, take);
        foreach (var deletion in old)
            await db.ExecuteAsync("""DELETE FROM "Records" WHERE "DatasetId" = $1 AND "Id" = $2""", deletion.DatasetId, deletion.Id);
        foreach (var dataset in old.GroupBy(deletion => deletion.DatasetId))
        {
            await db.ExecuteAsync(
                """UPDATE "RecordChanges" SET "Forgotten" = $2 WHERE "DatasetId" = $1 AND "Forgotten" < $2""",
                dataset.Key, dataset.Max(deletion => deletion.Change));
        }

        return old.Count;
    }
}
