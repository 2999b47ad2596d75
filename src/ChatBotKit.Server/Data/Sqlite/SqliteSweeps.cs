namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>Single batches of the deletions in <see cref="IStoreMaintenance"/>, in the writer's transaction.</summary>
internal static class SqliteSweeps
{
    public const int BatchSize = 100;

    public static int DeleteEndedRuns(SqliteWriterSession session, long before)
    {
        session.Execute(RunTable.DeleteEndedLogs, before, BatchSize);
        return session.Execute(RunTable.DeleteEnded, before, BatchSize);
    }

    /// <summary>Deletes batches. The time is compared again, because a row id may meanwhile belong to a newer batch.</summary>
    public static int DeleteLogBatches(SqliteWriterSession session, ReadOnlySpan<long> rows, long before) => session.Execute("""
        DELETE FROM "LogBatches" WHERE rowid IN (SELECT value FROM json_each($1)) AND "CreatedAt" < $2
        """, $"[{string.Join(',', rows.ToArray())}]", before);

    /// <summary>Removes the lines of batches, but keeps their numbers.</summary>
    public static int EmptyLogBatches(SqliteWriterSession session, ReadOnlySpan<long> rows, long before) => session.Execute("""
        UPDATE "LogBatches" SET "Lines" = x''
        WHERE rowid IN (SELECT value FROM json_each($1)) AND "CreatedAt" < $2 AND length("Lines") > 0
        """, $"[{string.Join(',', rows.ToArray())}]", before);

    public static int DeleteIdempotencyKeys(SqliteWriterSession session, long before) => session.Execute(IdempotencyTable.DeleteOld, before, BatchSize);

    /// <summary>
    /// Writes an unchanged page to find out whether the disk can be written. An update that changes nothing would write no page.
    /// </summary>
    public static int ChangeNothing(SqliteWriterSession session) => session.Execute("PRAGMA user_version = 0");

    public static int DeleteExpiredConversations(SqliteWriterSession session, long before) =>
        session.Change(db => db.DeleteExpiredConversationsAsync(before, BatchSize));
}
