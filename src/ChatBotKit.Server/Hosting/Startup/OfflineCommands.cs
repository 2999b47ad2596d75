using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.PostgreSql;
using ChatBotKit.Server.Data.Sqlite;
using ChatBotKit.Server.Features;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatBotKit.Server.Hosting;

/// <summary>Commands that work on the data directory without starting a server.</summary>
/// <param name="settings">The settings of the command line.</param>
/// <param name="notes">The writer for text that is not part of the result.</param>
internal sealed class OfflineCommands(string[] settings, TextWriter notes)
{
    private const int Attempts = 6;

    /// <summary>
    /// Creates an API token of the server's owner. A server may be running on the directory; it accepts the token at once.
    /// </summary>
    /// <exception cref="StartupException">The directory or the database can't be used.</exception>
    public async Task MakeApiTokenAsync(string name, TextWriter output)
    {
        RequireName(name);
        var configuration = Configuration();
        var (store, options) = (StoreOptions.From(configuration), SecurityOptions.From(configuration));
        if (store.Postgres is { } postgres)
        {
            await MakeApiTokenAsync(postgres, name, output);
            return;
        }

        using var held = DataDirectory.HoldUnlessTaken(store.DataDirectory);
        var connections = SqliteSchema.ConnectionsIn(store);
        if (held is not null)
            new SqliteSchema(connections, held, TimeProvider.System, NullLogger.Instance).Prepare();
        else
            SqliteSchema.RequireCurrent(connections);

        var (secret, id, key) = (ApiTokens.NewSecret(), Ids.New(), new ApiTokenKey(options.KeysDirectory));
        Write(connections, db => db.AddApiTokenAsync(id, name, key.HashOf(secret), key.Id, Now()));
        await ShowAsync(secret, id, name, output);
    }

    private async Task MakeApiTokenAsync(PostgresSettings postgres, string name, TextWriter output)
    {
        await using var store = await PostgresStore.OpenForCommandAsync(postgres, CancellationToken.None);
        var (secret, id, key) = (ApiTokens.NewSecret(), Ids.New(), new ApiTokenKey(new StoredKeys(store, TimeProvider.System)));
        var hash = key.HashOf(secret);
        await store.ChangeAsync(db => db.AddApiTokenAsync(id, name, hash, key.Id, Now()), CancellationToken.None);
        await ShowAsync(secret, id, name, output);
    }

    private async Task ShowAsync(string secret, string id, string name, TextWriter output)
    {
        await notes.WriteLineAsync($"Created the API token {id} with the name '{name}'. It is shown only this once:");
        await output.WriteLineAsync(secret);
    }

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Rebuilds the database without the space of deleted rows, and enables it to shrink from then on.</summary>
    /// <exception cref="StartupException">A server runs on the directory, or the database can't be used.</exception>
    public async Task CompactAsync(TextWriter output)
    {
        var store = StoreOptions.From(Configuration());
        if (store.Postgres is not null)
            throw new StartupException($"The server stores in the PostgreSQL database of {PostgresSettings.Setting}, which reuses the space of deleted rows itself.");
        using var held = DataDirectory.Hold(store.DataDirectory);
        var connections = SqliteSchema.ConnectionsIn(store);
        new SqliteSchema(connections, held, TimeProvider.System, NullLogger.Instance).Prepare();
        var before = SqliteSpace.SizeOf(connections.Path);
        try
        {
            SqliteSpace.Compact(connections);
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.Refusal(connections.Path, "could not be written", exception);
        }

        await output.WriteLineAsync($"{connections.Path}: {before} bytes before, {SqliteSpace.SizeOf(connections.Path)} bytes now");
    }

    /// <summary>
    /// Checks the database file, and compares the index of references with the documents. Where they differ, the index is repaired
    /// from the documents. Each finding is a line.
    /// </summary>
    /// <returns>Whether there was no finding.</returns>
    /// <exception cref="StartupException">A server runs on the directory, or the database can't be used.</exception>
    public async Task<bool> CheckAsync(TextWriter output)
    {
        var store = StoreOptions.From(Configuration());
        if (store.Postgres is { } postgres)
            return await CheckAsync(postgres, output);
        using var held = DataDirectory.Hold(store.DataDirectory);
        var connections = SqliteSchema.ConnectionsIn(store);
        new SqliteSchema(connections, held, TimeProvider.System, NullLogger.Instance).Prepare();
        var findings = 0;
        try
        {
            foreach (var fault in SqliteIntegrity.Check(connections))
            {
                findings++;
                await output.WriteLineAsync($"The database file is damaged: {fault}");
            }

            findings += await MendLinksAsync(
                change =>
                {
                    Write(connections, change);
                    return Task.CompletedTask;
                },
                output);
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.Refusal(connections.Path, "could not be written", exception);
        }

        return await ReportAsync(connections.Path, findings, output);
    }

    /// <summary>Checks only the index of references, because PostgreSQL has its own tools to check its files.</summary>
    private static async Task<bool> CheckAsync(PostgresSettings postgres, TextWriter output)
    {
        await using var store = await PostgresStore.OpenForCommandAsync(postgres, CancellationToken.None);
        var findings = await MendLinksAsync(change => store.ChangeAsync(change, CancellationToken.None), output);
        return await ReportAsync(postgres.Name, findings, output);
    }

    private static async Task<bool> ReportAsync(string database, int findings, TextWriter output)
    {
        await output.WriteLineAsync(findings == 0
            ? $"{database}: nothing is wrong"
            : $"{database}: {findings} findings; the index of references was repaired");
        return findings == 0;
    }

    /// <summary>Repairs the index, one page per transaction.</summary>
    private static async Task<int> MendLinksAsync(Func<Func<ISqlTransaction, ValueTask<int>>, Task> write, TextWriter output)
    {
        var check = new LinkCheck(new ResourceKinds(ResourceDeclarations.All));
        var findings = 0;
        for (string? last = ""; last is not null;)
        {
            var after = last;
            IReadOnlyList<LinkDifference> differences = [];
            await write(async db =>
            {
                (differences, last) = await check.MendPageAsync(db, after);
                return 0;
            });
            findings += differences.Count;
            foreach (var difference in differences)
                await output.WriteLineAsync(difference.ToString());
        }

        return findings;
    }

    private static void RequireName(string name)
    {
        if (name.Length is 0 or > 100 || name.Any(char.IsControl))
            throw new StartupException($"The name after {ServerArguments.NewApiToken} must have 1 to 100 characters on one line.");
    }

    private ConfigurationManager Configuration() => ChatBotKitServer.CreateBuilder(settings).Configuration;

    /// <summary>Runs a change, with retries while the writes of a running server take precedence.</summary>
    private static void Write<T>(SqliteConnections connections, Func<ISqlTransaction, ValueTask<T>> change)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var session = new SqliteWriterSession(connections);
                session.Begin();
                session.Change(change);
                session.Commit();
                return;
            }
            catch (SqliteException exception)
            {
                if (exception.SqliteErrorCode != SQLitePCL.raw.SQLITE_BUSY || attempt == Attempts)
                    throw SqliteErrors.Refusal(connections.Path, "could not be written", exception);
            }
        }
    }
}
