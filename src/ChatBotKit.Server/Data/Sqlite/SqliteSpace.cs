using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>Gives the room of deleted rows back to the disk.</summary>
internal static class SqliteSpace
{
    /// <summary>So many free pages stay: new rows take them at once.</summary>
    private const long KeptPages = 256;

    /// <summary>Less than this is not worth the moving of pages, since new rows will need it soon.</summary>
    private const long WorthwhilePages = 1024;

    /// <summary>So many pages are moved in one transaction, which other writes wait for.</summary>
    private const int PagesPerStep = 256;

    /// <summary>So many steps are made in a row before others get a longer turn.</summary>
    private const int StepsInARow = 64;

    /// <summary>From this size on the write-ahead log is emptied and cut when nobody writes.</summary>
    private const long WorthwhileLogBytes = 1024 * 1024;

    /// <summary>Bytes of the database with its log.</summary>
    public static long SizeOf(string path) => LengthOf(path) + LengthOf($"{path}-wal");

    /// <summary>Whether so much is free, in numbers and in proportion, that the file should become smaller.</summary>
    public static bool IsWorthwhile(long freePages, long pages) => freePages >= WorthwhilePages && freePages * 4 >= pages;

    /// <summary>Whether the write-ahead log has a size that should go back to the disk.</summary>
    public static bool IsLogLarge(string path) => LengthOf($"{path}-wal") >= WorthwhileLogBytes;

    /// <summary>
    /// Makes the file smaller in small steps, as far as free pages are worth it. It does nothing to a database whose pages can't
    /// be moved, as one that an older version has made and nobody has compacted since.
    /// </summary>
    /// <param name="work">Runs a step in the writer's transaction.</param>
    /// <returns>Whether the file is smaller now.</returns>
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

    /// <summary>Moves what is in the log to its place, and cuts the log; gives up at once where somebody still needs it.</summary>
    public static void CutLog(SqliteConnections connections)
    {
        using var connection = connections.OpenWriter();
        // What can be moved while others write is moved first, so that they hardly wait for the rest.
        Run(connection, "PRAGMA busy_timeout = 50; PRAGMA wal_checkpoint(PASSIVE)");
        Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>Writes the whole database anew. Nobody else may have it open.</summary>
    public static void Compact(SqliteConnections connections)
    {
        using var connection = connections.OpenWriter();
        // In a file and not in memory: the database may be larger than that.
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
