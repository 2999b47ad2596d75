namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>One batch each of the deletions in <see cref="IStoreMaintenance"/>, in the writer's transaction.</summary>
internal static class SqliteSweeps
{
    public const int BatchSize = 100;

    public static int DeleteEndedRuns(SqliteWriterSession session, long before)
    {
        session.Execute(RunTable.DeleteEndedLogs, before, BatchSize);
        return session.Execute(RunTable.DeleteEnded, before, BatchSize);
    }

    /// <summary>The time is asked for again, because a row number may have been given to a newer batch.</summary>
    public static int DeleteLogBatches(SqliteWriterSession session, ReadOnlySpan<long> rows, long before) => session.Execute("""
        DELETE FROM "LogBatches" WHERE rowid IN (SELECT value FROM json_each($1)) AND "CreatedAt" < $2
        """, $"[{string.Join(',', rows.ToArray())}]", before);

    /// <summary>Takes the lines out of batches, which keep their numbers.</summary>
    public static int EmptyLogBatches(SqliteWriterSession session, ReadOnlySpan<long> rows, long before) => session.Execute("""
        UPDATE "LogBatches" SET "Lines" = x''
        WHERE rowid IN (SELECT value FROM json_each($1)) AND "CreatedAt" < $2 AND length("Lines") > 0
        """, $"[{string.Join(',', rows.ToArray())}]", before);

    public static int DeleteIdempotencyKeys(SqliteWriterSession session, long before) => session.Execute(IdempotencyTable.DeleteOld, before, BatchSize);

    /// <summary>Writes a page as it is, to learn whether the disk takes it; an update that changes nothing writes none.</summary>
    public static int ChangeNothing(SqliteWriterSession session) => session.Execute("PRAGMA user_version = 0");

    public static int DeleteExpiredConversations(SqliteWriterSession session, long before) =>
        session.Delete(ConversationTable.DeleteExpired, ConversationTable.Expired, before, BatchSize);
}
