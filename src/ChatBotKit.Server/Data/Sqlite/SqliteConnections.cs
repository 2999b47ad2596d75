using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>Opens the connections of one database file.</summary>
internal sealed class SqliteConnections(string path, SynchronousMode synchronous)
{
    public string Path => path;

    // Microsoft.Data.Sqlite repeats a busy command for 30 seconds by default, on top of SQLite's own patience.
    private const int SecondsOfRepetition = 1;

    /// <param name="isNew">Whether the file is empty: then it is decided that its pages can be moved, so that it can become smaller.</param>
    public SqliteConnection OpenWriter(bool isNew = false)
    {
        // SQLite's own busy timeout waits in steps of a millisecond; the retries of Microsoft.Data.Sqlite sleep 150.
        // The journal size limit gives the disk back that a burst of writes took for the write-ahead log. A checkpoint holds up
        // whoever writes by some milliseconds, mostly for its own flush; at SQLite's pace of 1,000 pages that meets several tokens
        // in a hundred of busy streams, at 8,000 (32 MB) less than one.
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

    // By default SQLite takes a quoted name that it does not know for a text, so that a wrong name goes unnoticed.
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
