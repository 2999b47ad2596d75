namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>Deletes, in small transactions, the lines of logs that have no run or whose run was deleted.</summary>
internal sealed class SqliteLogSweep(
    SqliteReaders readers, Func<Func<SqliteWriterSession, int>, CancellationToken, Task<int>> workAsync)
{
    /// <summary>Deletes the batches that were stored before a time and after a row.</summary>
    /// <param name="afterRow">The last row that an earlier search has examined.</param>
    /// <param name="createdBefore">The time.</param>
    /// <param name="keepsNumber">Whether a log must not use its numbers twice. Then its last batch is emptied, not deleted.</param>
    /// <param name="cancellationToken">The token that cancels the work between two batches.</param>
    /// <returns>The last row that was examined.</returns>
    public async Task<long> RunAsync(
        long afterRow, long createdBefore, Func<string, bool> keepsNumber, CancellationToken cancellationToken)
    {
        // Most batches belong to runs and are kept, so the search uses a reader and delays no write.
        var last = await readers.ReadAsync(
            createdBefore, static (reader, before) => reader.LogOrder.LastRowBefore(before), cancellationToken);
        for (var row = Math.Min(afterRow, last); row < last;)
        {
            var (rows, seen) = await readers.ReadAsync(
                (row, last, createdBefore),
                static (reader, span) => reader.LogOrder.ListWithoutRun(span.row, span.last, span.createdBefore),
                cancellationToken);
            var kept = rows.Where(batch => batch.IsLast && keepsNumber(batch.LogId)).Select(batch => batch.Row).ToHashSet();
            foreach (var batch in rows.Select(batch => batch.Row).Where(number => !kept.Contains(number)).Chunk(SqliteSweeps.BatchSize))
                await workAsync(session => SqliteSweeps.DeleteLogBatches(session, batch, createdBefore), cancellationToken);
            foreach (var batch in kept.Chunk(SqliteSweeps.BatchSize))
                await workAsync(session => SqliteSweeps.EmptyLogBatches(session, batch, createdBefore), cancellationToken);
            row = seen;
        }

        return last;
    }
}
