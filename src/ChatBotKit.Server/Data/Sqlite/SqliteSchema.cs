using System.Globalization;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.Moving;
using ChatBotKit.Server.Data.Schema;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>
/// Migrates the database to the schema of this program before the server listens. Missing scripts are applied in one transaction,
/// after a snapshot was taken. This process holds the data directory, so no other process migrates at the same time.
/// </summary>
internal sealed class SqliteSchema(SqliteConnections connections, DataDirectory directory, TimeProvider time, ILogger logger)
{
    private const int KeptSnapshots = 3;

    /// <summary>Creates the connections to the database of a data directory.</summary>
    public static SqliteConnections ConnectionsIn(StoreOptions options) =>
        new(Path.Combine(Path.GetFullPath(options.DataDirectory), "chatbotkit.db"), options.Synchronous);

    /// <summary>Checks the schema without changing anything, for a database that a running server has open.</summary>
    /// <exception cref="StartupException">The schema of the database is not that of this program.</exception>
    public static void RequireCurrent(SqliteConnections connections)
    {
        try
        {
            using var connection = connections.OpenReader();
            var applied = SqliteAppliedScripts.Read(connection);
            applied.RefuseMoved(connections.Path);
            if (applied.Scripts is [.., var newest] && newest.Number == SchemaScript.Sqlite[^1].Number)
                return;
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.Refusal(connections.Path, "can't be opened", exception);
        }

        throw new StartupException(
            $"The running server and this program have different versions. Use the program of the server's version on '{connections.Path}'.");
    }

    /// <exception cref="StartupException">The database can't be used.</exception>
    public void Prepare()
    {
        try
        {
            using var connection = connections.OpenWriter(isNew: CheckFile());
            RefuseLostContent(connection);
            var missing = SqliteAppliedScripts.Read(connection).FindMissing(SchemaScript.Sqlite, connections.Path);
            if (missing.Count > 0)
                Migrate(connection, missing);
            ChangeCapture.Remove(connection);
            directory.MarkInitialized();
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.Refusal(connections.Path, "can't be opened", exception, directory.Combine("snapshots"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The data directory '{directory.Path}' can't be written: {exception.Message}", exception);
        }
    }

    /// <returns>Whether the file is empty.</returns>
    private bool CheckFile()
    {
        var file = new FileInfo(connections.Path);
        if (file.Exists && file.Length > 0)
            return false;
        if (directory.IsInitialized)
        {
            throw new StartupException(
                $"The data directory '{directory.Path}' was in use before, but its database '{file.Name}' is missing or empty. "
                + "Is the right volume mounted? Restore the file, or delete 'initialized' in that directory to start with an empty database.");
        }

        // SQLite gives its other files the permissions of this one.
        directory.CreateEmptyFile(file.Name);
        return true;
    }

    // The content may still be in the write-ahead log beside the file, at first all of it.
    private void RefuseLostContent(SqliteConnection connection)
    {
        if (directory.IsInitialized && connection.Scalar("SELECT 1 FROM sqlite_master") is null)
        {
            throw new StartupException(
                $"The data directory '{directory.Path}' was in use before, but its database '{connections.Path}' holds nothing. Was it "
                + "copied without the file that ends in '-wal'? Restore both, or delete 'initialized' in that directory to start with an empty database.");
        }
    }

    private void Migrate(SqliteConnection connection, IReadOnlyList<SchemaScript> scripts)
    {
        var snapshot = connection.Scalar("SELECT 1 FROM sqlite_master") is null ? null : TakeSnapshot(connection, scripts[0].Name);
        try
        {
            using var transaction = connection.BeginTransaction();
            foreach (var script in scripts)
                connection.Run(script.Sql);
            SqliteAppliedScripts.Add(connection, scripts, time.GetUtcNow().ToUnixTimeMilliseconds());
            transaction.Commit();
        }
        catch (SqliteException exception)
        {
            var before = snapshot is null ? "" : $" Its state before is in '{snapshot}'.";
            throw new StartupException($"The database '{connections.Path}' could not be migrated: {exception.Message}{before}", exception);
        }

        logger.LogInformation("Migrated {Database} to {Script}.", connections.Path, scripts[^1].Name);
    }

    private string TakeSnapshot(SqliteConnection connection, string script)
    {
        var folder = directory.CreateSubdirectory("snapshots");
        var moment = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        var path = Path.Combine(folder, $"before-{script}-{moment}.db");
        // An interrupted copy must not look like a snapshot or displace a complete one, so the file is renamed only when it is
        // complete.
        var unfinished = Path.Combine(folder, "unfinished");
        File.Delete(unfinished);
        File.Delete(unfinished + "-journal");
        // Created first to set its permissions; SQLite accepts an empty file.
        directory.CreateEmptyFile(Path.Combine("snapshots", "unfinished"));
        connection.Run("VACUUM INTO $1", unfinished);
        File.Move(unfinished, path);
        foreach (var old in new DirectoryInfo(folder).GetFiles("before-*.db").OrderByDescending(WrittenAt).Skip(KeptSnapshots))
            old.Delete();
        return path;
    }

    // Sorted by the time in the name, because copying a file changes its modification time.
    private static string WrittenAt(FileInfo snapshot) => snapshot.Name[(snapshot.Name.LastIndexOf('-') + 1)..];
}
