namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>The deletions of <see cref="IStoreMaintenance"/>, one batch per transaction.</summary>
internal sealed class PostgresSweeps(PostgresReads reads, PostgresChanges changes)
{
    public const int BatchSize = 100;

    private const int RowsPerStep = 1000;

    // One page of the batches that belong to no run and were stored in a range of time, in the order of their keys.
    private const string WithoutRun = """
        SELECT batch."LogId", batch."First",
            NOT EXISTS (SELECT 1 FROM "LogBatches" AS later WHERE later."LogId" = batch."LogId" AND later."First" > batch."First")
        FROM "LogBatches" AS batch
        WHERE batch."CreatedAt" >= $1 AND batch."CreatedAt" < $2 AND (batch."LogId", batch."First") > ($3, $4)
            AND NOT EXISTS (SELECT 1 FROM "Runs" AS run WHERE run."Id" = batch."LogId")
        ORDER BY batch."LogId", batch."First" LIMIT $5
        """;

    private const string Delete = """DELETE FROM "LogBatches" WHERE "LogId" = $1 AND "First" = $2 AND "CreatedAt" < $3""";

    private const string Empty = """
        UPDATE "LogBatches" SET "Lines" = '' WHERE "LogId" = $1 AND "First" = $2 AND "CreatedAt" < $3 AND length("Lines") > 0
        """;

    public Task<int> DeleteEndedRunsAsync(long before, CancellationToken cancellationToken) => RepeatAsync(
        async db =>
        {
            await db.ExecuteAsync(RunTable.DeleteEndedLogs, before, BatchSize);
            return await db.ExecuteAsync(RunTable.DeleteEnded, before, BatchSize);
        },
        cancellationToken);

    public Task<int> DeleteIdempotencyKeysAsync(long before, CancellationToken cancellationToken) =>
        RepeatAsync(db => db.ExecuteAsync(IdempotencyTable.DeleteOld, before, BatchSize), cancellationToken);

    public Task<int> DeleteExpiredConversationsAsync(long before, CancellationToken cancellationToken) =>
        RepeatAsync(db => db.DeleteExpiredConversationsAsync(before, BatchSize), cancellationToken);

    /// <summary>
    /// Deletes log batches that belong to no run. SQLite searches by row ids. This method searches by time, so its argument and its result
    /// are times.
    /// </summary>
    public async Task<long> DeleteLogBatchesAsync(
        long after, long before, Func<string, bool> keepsNumber, CancellationToken cancellationToken)
    {
        for (var (logId, first, count) = ("", 0L, RowsPerStep); count == RowsPerStep;)
        {
            var (afterLog, afterFirst) = (logId, first);
            var found = await reads.ReadAsync(
                db => db.ListAsync(
                    WithoutRun, static row => (LogId: row.GetString(0), First: row.GetInt64(1), IsLast: row.GetBoolean(2)),
                    after, before, afterLog, afterFirst, RowsPerStep),
                cancellationToken);
            foreach (var piece in found.Chunk(BatchSize))
                await DeleteAsync(piece, before, keepsNumber, cancellationToken);
            count = found.Count;
            if (count > 0)
                (logId, first) = (found[^1].LogId, found[^1].First);
        }

        return Math.Max(after, before);
    }

    private Task<int> DeleteAsync(
        (string LogId, long First, bool IsLast)[] batches, long before, Func<string, bool> keepsNumber, CancellationToken cancellationToken) =>
        changes.RunAsync(
            async db =>
            {
                foreach (var (logId, first, isLast) in batches)
                    await db.ExecuteAsync(isLast && keepsNumber(logId) ? Empty : Delete, logId, first, before);
                return batches.Length;
            },
            cancellationToken);

    private async Task<int> RepeatAsync(Func<ISqlTransaction, ValueTask<int>> deleteBatch, CancellationToken cancellationToken)
    {
        var (total, deleted) = (0, BatchSize);
        for (; deleted >= BatchSize; total += deleted)
            deleted = await changes.RunAsync(deleteBatch, cancellationToken);
        return total;
    }
}
