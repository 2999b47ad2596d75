using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.Schema;
using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Moving;

/// <summary>The SQLite database that is moved: its mark, and its state at one point in time.</summary>
internal static class MoveSource
{
    /// <summary>Opens a connection that reads the database as it is now.</summary>
    public static SqliteConnection OpenSnapshot(SqliteConnections connections)
    {
        var connection = connections.OpenReader();
        connection.Run("BEGIN");
        // The transaction begins with the first read.
        connection.Scalar("SELECT count(*) FROM sqlite_master");
        return connection;
    }

    /// <returns>The mark of a finished move; null when there is none.</returns>
    /// <exception cref="StartupException">There is no database, or it can't be read.</exception>
    public static MoveMark? FindMark(SqliteConnections connections)
    {
        if (new FileInfo(connections.Path) is not { Exists: true, Length: > 0 })
            throw new StartupException($"There is no database '{connections.Path}'. Set CHATBOTKIT_DATA_DIR to the data directory of the server.");
        try
        {
            // A writer, because a reader can't open a database whose write-ahead log must be recovered.
            using var connection = connections.OpenWriter();
            return MoveMark.Find(SqliteAppliedScripts.Read(connection));
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.Refusal(connections.Path, "can't be opened", exception);
        }
    }

    /// <exception cref="StartupException">The database has the schema of an older version.</exception>
    public static void RequireCurrent(SqliteConnections connections)
    {
        using var connection = connections.OpenReader();
        if (SqliteAppliedScripts.Read(connection).FindMissing(SchemaScript.Sqlite, connections.Path).Count > 0)
            throw new StartupException($"The database '{connections.Path}' is one of an older version. Start the server of this version once, which upgrades it.");
    }

    /// <summary>Marks the database as moved. From then on every server refuses it.</summary>
    public static void Mark(SqliteConnections connections, MoveMark mark)
    {
        using var connection = connections.OpenWriter();
        connection.Run("PRAGMA synchronous = FULL");
        connection.Run(MoveMark.Insert, (long)mark.Number, mark.Text);
    }

    /// <summary>Removes the mark.</summary>
    public static void RemoveMark(SqliteConnections connections)
    {
        using var connection = connections.OpenWriter();
        connection.Run("PRAGMA synchronous = FULL");
        connection.Run("""DELETE FROM "Schema" WHERE "Number" = $1""", (long)MoveMark.Refused);
    }
}
