using System.Globalization;
using ChatBotKit.Server.Data.Migrations.Sqlite;
using ChatBotKit.Server.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>
/// Makes sure, before anything is served, that the database is the one this program knows. EF Core is loaded only when
/// there is something to migrate.
/// </summary>
internal sealed class SqliteSchema(SqliteConnections connections, DataDirectory directory, TimeProvider time, ILogger logger)
{
    private const int KeptSnapshots = 3;

    /// <summary>The connections to the database of a data directory.</summary>
    public static SqliteConnections ConnectionsIn(StoreOptions options) =>
        new(Path.Combine(Path.GetFullPath(options.DataDirectory), "chatbotkit.db"), options.Synchronous);

    /// <summary>Changes nothing, for a database that a running server has open.</summary>
    /// <exception cref="StartupException">The database is not of this version.</exception>
    public static void RequireCurrent(SqliteConnections connections)
    {
        try
        {
            using var connection = connections.OpenReader();
            if (ReadAppliedMigrations(connection).SetEquals(SqliteMigrationIds.All))
                return;
        }
        catch (SqliteException exception)
        {
            throw new StartupException(
                $"The database '{connections.Path}' can't be opened: {exception.Message} {SqliteErrors.Advice(exception, "snapshots")}", exception);
        }

        throw new StartupException(
            $"The server that is running has another version than this program. Use the program of that version on '{connections.Path}'.");
    }

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var connection = connections.OpenWriter(isNew: CheckFile());
            RefuseLostContent(connection);
            var applied = ReadAppliedMigrations(connection);
            RefuseNewerSchema(applied);
            var missing = SqliteMigrationIds.All.Except(applied).ToList();
            if (missing.Count > 0)
                await MigrateAsync(connection, missing[0], cancellationToken);
            directory.MarkInitialized();
        }
        catch (SqliteException exception)
        {
            throw new StartupException(
                $"The database '{connections.Path}' can't be opened: {exception.Message} "
                + SqliteErrors.Advice(exception, directory.Combine("snapshots")), exception);
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
                + "Is the right volume mounted? Restore the file, or delete 'initialized' in that directory to start anew.");
        }

        // SQLite gives its other files the permissions of this one.
        directory.CreateEmptyFile(file.Name);
        return true;
    }

    // What is not yet in the file itself is in the log beside it, at first all of it.
    private void RefuseLostContent(SqliteConnection connection)
    {
        if (directory.IsInitialized && !HasRows(connection, "SELECT 1 FROM sqlite_master"))
        {
            throw new StartupException(
                $"The data directory '{directory.Path}' was in use before, but its database '{connections.Path}' holds nothing. Was it "
                + "copied without the file that ends in '-wal'? Restore both, or delete 'initialized' in that directory to start anew.");
        }
    }

    private static HashSet<string> ReadAppliedMigrations(SqliteConnection connection)
    {
        var applied = new HashSet<string>(StringComparer.Ordinal);
        if (!HasRows(connection, "SELECT 1 FROM sqlite_master WHERE name = '__EFMigrationsHistory'"))
            return applied;
        using var command = connection.CreateCommand();
        command.CommandText = """SELECT "MigrationId" FROM "__EFMigrationsHistory" """;
        using var rows = command.ExecuteReader();
        while (rows.Read())
            applied.Add(rows.GetString(0));
        return applied;
    }

    private void RefuseNewerSchema(HashSet<string> applied)
    {
        if (applied.Except(SqliteMigrationIds.All).Order(StringComparer.Ordinal).LastOrDefault() is { } unknown)
        {
            throw new StartupException(
                $"The database '{connections.Path}' was written by a newer version of this program (it has the migration "
                + $"'{unknown}'). Run that version, or restore the snapshot that was made before the upgrade.");
        }
    }

    private async Task MigrateAsync(SqliteConnection connection, string firstMissing, CancellationToken cancellationToken)
    {
        var snapshot = HasRows(connection, "SELECT 1 FROM sqlite_master") ? TakeSnapshot(connection, firstMissing) : null;
        try
        {
            // EF Core marks a running migration with this table and waits for it to vanish. The directory is held by this
            // process alone, so a table that is there was left behind by one that was killed.
            Execute(connection, """DROP TABLE IF EXISTS "__EFMigrationsLock" """);
            var options = new DbContextOptionsBuilder<ServerDbContext>().UseSqlite(connection).Options;
            await using var context = new ServerDbContext(options);
            await context.Database.MigrateAsync(cancellationToken);
        }
        catch (SqliteException exception)
        {
            var before = snapshot is null ? "" : $" Its state before is in '{snapshot}'.";
            throw new StartupException($"The database '{connections.Path}' could not be migrated: {exception.Message}{before}", exception);
        }

        logger.LogInformation("Migrated {Database} to {Migration}.", connections.Path, SqliteMigrationIds.All[^1]);
    }

    private string TakeSnapshot(SqliteConnection connection, string migration)
    {
        var folder = directory.CreateSubdirectory("snapshots");
        var moment = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        var path = Path.Combine(folder, $"before-{migration}-{moment}.db");
        // What is cut short must neither look like a snapshot nor push a whole one out, so it has its name only when it is done.
        var unfinished = Path.Combine(folder, "unfinished");
        File.Delete(unfinished);
        File.Delete(unfinished + "-journal");
        // Created first for its permissions; SQLite takes an empty file.
        directory.CreateEmptyFile(Path.Combine("snapshots", "unfinished"));
        Execute(connection, "VACUUM INTO $path", ("$path", unfinished));
        File.Move(unfinished, path);
        foreach (var old in new DirectoryInfo(folder).GetFiles("before-*.db").OrderByDescending(WrittenAt).Skip(KeptSnapshots))
            old.Delete();
        return path;
    }

    // By the moment in the name: a copied file has another time of writing.
    private static string WrittenAt(FileInfo snapshot) => snapshot.Name[(snapshot.Name.LastIndexOf('-') + 1)..];

    private static bool HasRows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is not null;
    }

    private static void Execute(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }
}
