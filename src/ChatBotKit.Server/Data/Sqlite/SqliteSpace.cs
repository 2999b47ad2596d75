using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>Returns the space of deleted rows to the disk.</summary>
internal static class SqliteSpace
{
    /// <summary>The number of free pages to keep, because new rows will need them at once.</summary>
    private const long KeptPages = 256;

    /// <summary>
    /// The smallest number of free pages for which moving pages is worth the work, because new rows would soon use fewer.
    /// </summary>
    private const long WorthwhilePages = 1024;

    /// <summary>The number of pages that are moved in one transaction, for which other writes wait.</summary>
    private const int PagesPerStep = 256;

    /// <summary>The number of consecutive steps before the method returns and lets others work.</summary>
    private const int StepsInARow = 64;

    /// <summary>The size from which on the write-ahead log is truncated while nothing is being written.</summary>
    private const long WorthwhileLogBytes = 1024 * 1024;

    /// <summary>The size of the database and its write-ahead log in bytes.</summary>
    public static long SizeOf(string path) => LengthOf(path) + LengthOf($"{path}-wal");

    /// <summary>Whether the number and the share of free pages are large enough to shrink the file.</summary>
    public static bool IsWorthwhile(long freePages, long pages) => freePages >= WorthwhilePages && freePages * 4 >= pages;

    /// <summary>Whether the write-ahead log is large enough to truncate it.</summary>
    public static bool IsLogLarge(string path) => LengthOf($"{path}-wal") >= WorthwhileLogBytes;

    /// <summary>
    /// Shrinks the file in small steps, if it has enough free pages. It has no effect on a database without incremental vacuum,
    /// such as one that an older version created and that was not compacted since.
    /// </summary>
    /// <param name="work">Runs a step in the writer's transaction.</param>
    /// <returns>Whether the file has shrunk.</returns>
    public static async Task<bool> ShrinkAsync(Func<Func<SqliteWriterSession, long>, Task<long>> work)
    {
        var last = await work(FreePages);
        if (last <= 0)
            return false;
        for (var step = 0; step < StepsInARow && last > KeptPages; step++)
        {
            var left = await work(session =>
            {
                session.RunToTheEnd($"PRAGMA incremental_vacuum({Math.Min(PagesPerStep, last - KeptPages)})");
                return session.Read("PRAGMA freelist_count");
            });
            if (left >= last)
                break;
            last = left;
        }

        return true;
    }

    /// <summary>
    /// Moves the content of the write-ahead log to the database and truncates the log. It does nothing when a connection still
    /// needs the log.
    /// </summary>
    public static void CutLog(SqliteConnections connections)
    {
        using var connection = connections.OpenWriter();
        // A passive checkpoint first, which runs beside other writers, so that they wait only briefly for the truncating one.
        Run(connection, "PRAGMA busy_timeout = 50; PRAGMA wal_checkpoint(PASSIVE)");
        Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>Rebuilds the whole database. No other connection may be open.</summary>
    public static void Compact(SqliteConnections connections)
    {
        using var connection = connections.OpenWriter();
        // The temporary copy is a file, because the database may be larger than the memory.
        Run(connection, "PRAGMA temp_store = FILE; PRAGMA auto_vacuum = INCREMENTAL");
        Run(connection, "VACUUM");
        Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static long FreePages(SqliteWriterSession session)
    {
        const long Incremental = 2;
        var free = session.Read("PRAGMA freelist_count");
        return session.Read("PRAGMA auto_vacuum") == Incremental && IsWorthwhile(free, session.Read("PRAGMA page_count")) ? free : 0;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true, Length: var length } ? length : 0;
}
