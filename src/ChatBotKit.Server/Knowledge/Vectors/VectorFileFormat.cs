using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Knowledge;

/// <summary>Opens and creates files of vectors.</summary>
internal static class VectorFileFormat
{
    private const int Format = 1;

    // A text that the model refuses is stored without a vector, so that it is not sent again.
    private const string Schema = """
        CREATE TABLE Vectors (Hash BLOB PRIMARY KEY, Vector BLOB) WITHOUT ROWID;
        CREATE TABLE State (Identity TEXT NOT NULL, Generation TEXT NOT NULL, Dimensions INTEGER);
        """;

    /// <summary>
    /// Opens the file. A missing one is created; one that is damaged, or has vectors of another model, is replaced by an empty one.
    /// </summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="identity">The identity of the model.</param>
    public static SqliteConnection Open(string path, string identity)
    {
        try
        {
            if (File.Exists(path) && TryOpen(path, identity) is { } connection)
                return connection;
        }
        catch (SqliteException exception) when (IndexFile.IsDamage(exception))
        {
            // It is replaced below.
        }

        IndexFile.Delete(path);
        File.Create(path).Dispose();
        return Create(IndexFile.Connections(path).OpenWriter(isNew: true), identity);
    }

    private static SqliteConnection? TryOpen(string path, string identity)
    {
        var connection = IndexFile.Connections(path).OpenWriter();
        try
        {
            if (IsOf(connection, identity))
                return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        connection.Dispose();
        return null;
    }

    private static bool IsOf(SqliteConnection connection, string identity)
    {
        using var version = new SqliteStatement(connection, "PRAGMA user_version");
        using var state = new SqliteStatement(connection, "SELECT Identity FROM State");
        using var format = version.Query();
        using var row = state.Query();
        return format.Read() && format.GetInt64(0) == Format && row.Read() && row.GetString(0) == identity;
    }

    private static SqliteConnection Create(SqliteConnection connection, string identity)
    {
        try
        {
            // The format is stored last and in the same transaction, so that half a file is none.
            using var command = connection.CreateCommand();
            command.CommandText = $"""
                BEGIN; {Schema} INSERT INTO State (Identity, Generation) VALUES ($1, $2); PRAGMA user_version = {Format}; COMMIT;
                """;
            command.Parameters.AddWithValue("$1", identity);
            command.Parameters.AddWithValue("$2", Guid.NewGuid().ToString("N"));
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
