using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// The file of an index. It is made from the records of a dataset and can be made again at any time, so a file that this version
/// can't read is replaced by an empty one.
/// </summary>
internal static class IndexFile
{
    /// <summary>Changes with the tables, and with every change of the terms that are derived from a text.</summary>
    private const int Format = 2;

    /// <summary>The format tells which texts have a hash, too: a file for others is replaced.</summary>
    private const int Texts = 100;

    // The terms are computed here, so FTS5 only has to divide them at spaces. It is used as a store of positions that keeps itself
    // sorted and merged; the scores are computed here, because the function bm25 visits each document once per phrase, which is
    // several times slower for the many parts of words, and does not tell which terms a document has.
    // The number of a row in "Passages" is that of the row in "Words" and in "Grams".
    // "Hash" is that of a text that gets a vector; "Unembedded" has the passages whose vector was not looked for yet, "Unused" the hashes
    // that no passage has any more, and "Vectors" the name of the file of vectors that both are about.
    private const string Schema = """
        CREATE VIRTUAL TABLE Words USING fts5(terms, content = '', contentless_delete = 1, detail = full, tokenize = 'ascii');
        CREATE VIRTUAL TABLE Grams USING fts5(terms, content = '', contentless_delete = 1, detail = full, tokenize = 'ascii');
        CREATE VIRTUAL TABLE WordHits USING fts5vocab(Words, instance);
        CREATE VIRTUAL TABLE GramHits USING fts5vocab(Grams, instance);
        CREATE VIRTUAL TABLE WordCounts USING fts5vocab(Words, row);
        CREATE VIRTUAL TABLE GramCounts USING fts5vocab(Grams, row);
        CREATE TABLE Passages (Id INTEGER PRIMARY KEY, Record TEXT NOT NULL, Start INTEGER NOT NULL, Length INTEGER NOT NULL,
            Words INTEGER NOT NULL, Grams INTEGER, Hash BLOB);
        CREATE INDEX Passages_Record ON Passages (Record);
        CREATE INDEX Passages_Hash ON Passages (Hash) WHERE Hash IS NOT NULL;
        CREATE TABLE Unembedded (Id INTEGER PRIMARY KEY);
        CREATE TABLE Unused (Hash BLOB PRIMARY KEY) WITHOUT ROWID;
        CREATE TABLE State (LastChange INTEGER NOT NULL, Vectors TEXT);
        INSERT INTO State (LastChange) VALUES (0);
        """;

    /// <summary>Whether a failure means that the file is not one that this version has written, or is damaged.</summary>
    public static bool IsDamage(SqliteException exception) =>
        SqliteErrors.IsDamage(exception) || exception.SqliteErrorCode is raw.SQLITE_ERROR or raw.SQLITE_FORMAT or raw.SQLITE_CONSTRAINT;

    /// <summary>Opens the file for writing. A missing file is created, and one that can't be read is replaced.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="texts">The texts that get a vector.</param>
    public static SqliteConnection Open(string path, EmbeddedTexts texts)
    {
        try
        {
            if (File.Exists(path) && TryOpen(path, FormatOf(texts)) is { } connection)
                return connection;
        }
        catch (SqliteException exception) when (IsDamage(exception))
        {
            // It is replaced below.
        }

        Delete(path);
        return Create(path, FormatOf(texts));
    }

    /// <summary>Deletes the file, with those that SQLite keeps beside it.</summary>
    public static void Delete(string path)
    {
        foreach (var suffix in (ReadOnlySpan<string>)["", "-wal", "-shm"])
        {
            if (File.Exists(path + suffix))
                File.Delete(path + suffix);
        }
    }

    /// <summary>Returns the connections to the file.</summary>
    /// <remarks>
    /// The write-ahead log lets searches read while changes are stored. Without a flush for each change a loss of power takes the last
    /// ones away, but never part of one.
    /// </remarks>
    public static SqliteConnections Connections(string path) => new(path, SynchronousMode.Normal);

    private static int FormatOf(EmbeddedTexts texts) => (Texts * (int)texts) + Format;

    private static SqliteConnection? TryOpen(string path, int format)
    {
        var connection = OpenWriter(path, isNew: false);
        try
        {
            if (Read(connection, "PRAGMA user_version") == format && Read(connection, "SELECT COUNT(*) FROM State") == 1
                && Read(connection, "SELECT COUNT(*) FROM (SELECT 1 FROM WordCounts, GramCounts LIMIT 1)") <= 1)
                return connection;
            connection.Dispose();
            return null;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static SqliteConnection Create(string path, int format)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.Create(path).Dispose();
        var connection = OpenWriter(path, isNew: true);
        try
        {
            // The format is stored last and in the same transaction, so that half a file is none.
            using var command = connection.CreateCommand();
            command.CommandText = $"BEGIN; {Schema} PRAGMA user_version = {format}; COMMIT;";
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // A dataset may be one of many, so it has less memory than the database of the server.
    private static SqliteConnection OpenWriter(string path, bool isNew)
    {
        var connection = Connections(path).OpenWriter(isNew);
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA cache_size = -8192; PRAGMA wal_autocheckpoint = 2000;";
        command.ExecuteNonQuery();
        return connection;
    }

    private static long Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
