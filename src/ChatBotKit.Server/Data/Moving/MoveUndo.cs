using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.PostgreSql;
using ChatBotKit.Server.Data.Schema;
using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ChatBotKit.Server.Data.Moving;

/// <summary>
/// Undoes a move while the PostgreSQL database holds the same rows as the SQLite database. First PostgreSQL is marked, so that no server
/// uses it any more, and then the mark of SQLite is removed. An undo that was killed is started again with the same command.
/// </summary>
/// <param name="store">The settings of the SQLite database.</param>
/// <param name="settings">The settings of the PostgreSQL database.</param>
/// <param name="output">The writer for the report.</param>
internal sealed class MoveUndo(StoreOptions store, PostgresSettings settings, TextWriter output)
{
    /// <summary>The changes that every server makes without a request. Nothing is lost when they are.</summary>
    private static readonly Dictionary<string, (string[] Columns, string Condition)> Ignored = new()
    {
        // The items of the server's own recurring work.
        ["DueWork"] = ([], """WHERE "Key" <> 'server'"""),
        ["ApiTokens"] = (["LastUsedAt"], ""),
    };

    private readonly SqliteConnections _connections = SqliteSchema.ConnectionsIn(store);

    /// <exception cref="StartupException">The move can't be undone.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var directory = DataDirectory.Hold(store.DataDirectory);
        var source = MoveSource.FindMark(_connections)
            ?? throw new StartupException($"The database '{_connections.Path}' is in use: it was not moved, or its move was undone before.");
        await using var target = await MoveTarget.OpenAsync(settings, cancellationToken);
        try
        {
            var mark = MoveMark.Find(await target.BeginAsync(cancellationToken));
            if (mark?.Id != source.Id)
                throw new StartupException($"The PostgreSQL database '{settings.Name}' does not hold the rows of '{_connections.Path}', which was moved to '{source.Other}'.");
            if (mark.State == MoveState.Moved)
                await RequireUnchangedAsync(target, directory, cancellationToken);
            await target.MarkAsync(mark with { State = MoveState.Returned });
            await target.CommitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException || PostgresErrors.IsUnavailable(exception))
        {
            throw MoveTarget.Refusal(settings, exception);
        }

        MoveSource.RemoveMark(_connections);
        await output.WriteLineAsync($"{_connections.Path}: in use again. Start the server without CHATBOTKIT_POSTGRES.");
    }

    private async Task RequireUnchangedAsync(MoveTarget target, DataDirectory directory, CancellationToken cancellationToken)
    {
        var holder = Ids.New();
        using (var pool = settings.CreatePool(PostgresLease.ConnectionName(holder)))
        {
            // Refuses when a server runs on the database. None can start before the commit of the mark, which the lock of the schema prevents.
            await using var lease = await PostgresLease.TakeAsync(
                settings, pool, holder, directory.ReadNodeName(), new StoreHealth(), NullLogger.Instance, cancellationToken);
        }

        using var snapshot = MoveSource.OpenSnapshot(_connections);
        var tables = await MovedTables.ReadAsync(snapshot, target.Connection);
        await target.Connection.RunAsync($"LOCK TABLE {string.Join(", ", tables.Select(table => $"\"{table.Name}\""))} IN SHARE MODE");
        foreach (var table in tables.Select(Compared))
        {
            var there = await TableCopy.DigestAsync(target.Connection, table, cancellationToken);
            if (!there.Matches(SqliteTuples.Digest(snapshot, table)))
            {
                throw new StartupException(
                    $"The PostgreSQL database '{settings.Name}' was written after the move (in the table {table.Name}), and an undo would lose that. It stays in use.");
            }
        }
    }

    private static MovedTable Compared(MovedTable table) => Ignored.TryGetValue(table.Name, out var ignored)
        ? table with { Columns = [.. table.Columns.Where(column => !ignored.Columns.Contains(column.Name))], Condition = ignored.Condition }
        : table;
}
