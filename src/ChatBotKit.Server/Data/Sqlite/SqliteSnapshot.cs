using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>
/// Copies the database while it is in use. The copy uses a connection of its own, so that no write waits for it, and contains
/// nothing of deleted rows.
/// </summary>
internal static class SqliteSnapshot
{
    // Space that must stay free, so that a copy does not take the rest of the disk from concurrent writes.
    private const long SpareBytes = 64 * 1024 * 1024;

    /// <summary>Copies the database on a dedicated thread, because a large database takes long.</summary>
    public static Task<StoreSnapshot> TakeAsync(SqliteConnections connections, string path, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(
            () => Take(connections, path, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static StoreSnapshot Take(SqliteConnections connections, string path, CancellationToken cancellationToken)
    {
        try
        {
            RequireRoom(connections.Path, path);
            Copy(connections, path, cancellationToken);
            return Describe(path);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException("The copy was cancelled.", exception, cancellationToken);
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.Translate(exception);
        }
    }

    private static void RequireRoom(string database, string path)
    {
        var needed = Size(database) + Size($"{database}-wal") + SpareBytes;
        var available = new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace;
        if (available < needed)
            throw new StoreUnavailableException($"The disk has {available} bytes left, and a copy of the database may need {needed}.");
    }

    private static long Size(string path) => new FileInfo(path) is { Exists: true, Length: var length } ? length : 0;

    private static void Copy(SqliteConnections connections, string path, CancellationToken cancellationToken)
    {
        using var connection = connections.OpenReader();
        using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $path";
        command.Parameters.AddWithValue("$path", path);
        using var interruption = cancellationToken.Register(() => raw.sqlite3_interrupt(connection.Handle));
        cancellationToken.ThrowIfCancellationRequested();
        command.ExecuteNonQuery();
    }

    private static StoreSnapshot Describe(string path)
    {
        using var connection = new SqliteConnections(path, SynchronousMode.Full).OpenReader();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT max("Name"), (SELECT count(*) FROM "Conversations"), (SELECT count(*) FROM "Messages") FROM "Schema";
            SELECT "BlobId" FROM "Attachments" WHERE "BlobId" IS NOT NULL
            UNION ALL SELECT "BlobId" FROM "Contents" WHERE "BlobId" IS NOT NULL ORDER BY "BlobId";
            """;
        using var rows = command.ExecuteReader();
        rows.Read();
        var (schema, conversations, messages) = (rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2));
        rows.NextResult();
        var files = new List<string>();
        while (rows.Read())
            files.Add(rows.GetString(0));
        return new StoreSnapshot(schema, conversations, messages, files);
    }
}
