using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>Opens connections to one database file.</summary>
internal sealed class SqliteConnections(string path, SynchronousMode synchronous)
{
    public string Path => path;

    // The limit of the retries by Microsoft.Data.Sqlite, in seconds. By default it retries a busy command for 30 seconds, in
    // addition to SQLite's own busy timeout.
    private const int SecondsOfRepetition = 1;

    /// <param name="isNew">
    /// Whether the file is empty. Only then can incremental vacuum be enabled, which later lets the file shrink.
    /// </param>
    public SqliteConnection OpenWriter(bool isNew = false)
    {
        // SQLite's own busy timeout waits in steps of a millisecond; the retries of Microsoft.Data.Sqlite sleep 150.
        // The journal size limit returns the space that a burst of writes took for the write-ahead log. A checkpoint delays the
        // current writer by some milliseconds, mainly for its own flush. At SQLite's default of 1,000 pages that delays several
        // percent of the tokens of busy streams, at 8,000 pages (32 MB) less than one percent.
        var mode = synchronous == SynchronousMode.Full ? "FULL" : "NORMAL";
        return Open(SqliteOpenMode.ReadWrite, $"""
            PRAGMA busy_timeout = 5000;
            {(isNew ? "PRAGMA auto_vacuum = INCREMENTAL;" : "")}
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = {mode};
            PRAGMA foreign_keys = ON;
            PRAGMA temp_store = MEMORY;
            PRAGMA cache_size = -32768;
            PRAGMA wal_autocheckpoint = 8000;
            PRAGMA journal_size_limit = 67108864;
            """);
    }

    public SqliteConnection OpenReader() => Open(SqliteOpenMode.ReadOnly, """
        PRAGMA busy_timeout = 5000;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -4096;
        """);

    // By default SQLite takes an unknown quoted name for a string, so that a misspelled name goes unnoticed.
    private static void RefuseStringsInQuotes(SqliteConnection connection)
    {
        foreach (var option in new[] { raw.SQLITE_DBCONFIG_DQS_DML, raw.SQLITE_DBCONFIG_DQS_DDL })
            SqliteException.ThrowExceptionForRC(raw.sqlite3_db_config(connection.Handle, option, 0, out _), connection.Handle);
    }

    private SqliteConnection Open(SqliteOpenMode mode, string pragmas)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = SecondsOfRepetition,
        }.ToString());
        try
        {
            connection.Open();
            RefuseStringsInQuotes(connection);
            using var command = connection.CreateCommand();
            command.CommandText = pragmas;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
