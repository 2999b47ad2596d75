using System.Diagnostics;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.PostgreSql;
using ChatBotKit.Server.Data.Schema;
using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ChatBotKit.Server.Data.Moving;

/// <summary>
/// Moves the SQLite database and the files of a stopped server to PostgreSQL. All is copied and verified in one transaction. Its commit leaves a
/// database that servers refuse until the SQLite database is marked as moved, so that there is always one database that can be used, and
/// never two. A move that was killed is started again with the same command.
/// </summary>
/// <param name="store">The settings of the SQLite database.</param>
/// <param name="settings">The settings of the PostgreSQL database.</param>
/// <param name="keys">The directory of the keys.</param>
/// <param name="output">The writer for the report.</param>
internal sealed class OfflineMove(StoreOptions store, PostgresSettings settings, string keys, TextWriter output)
{
    private readonly SqliteConnections _connections = SqliteSchema.ConnectionsIn(store);

    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">The token that cancels the move.</param>
    /// <exception cref="StartupException">A database can't be used, or its content can't be moved.</exception>
    public async Task RunAsync(MoveOptions options, CancellationToken cancellationToken)
    {
        using var directory = DataDirectory.Hold(store.DataDirectory);
        var mark = MoveSource.FindMark(_connections);
        await using var target = await MoveTarget.OpenAsync(settings, cancellationToken);
        try
        {
            if (mark is null)
                mark = await MoveAsync(target, directory, options, cancellationToken);
            else
                await output.WriteLineAsync($"{_connections.Path}: moved before");
            if (mark is not null)
                await CompleteAsync(target, mark, cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException || PostgresErrors.IsUnavailable(exception))
        {
            throw MoveTarget.Refusal(settings, exception);
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.Refusal(_connections.Path, "could not be read", exception);
        }
    }

    /// <returns>The mark of the SQLite database; null after a dry run.</returns>
    private async Task<MoveMark?> MoveAsync(
        MoveTarget target, DataDirectory directory, MoveOptions options, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        if (options.IsDryRun)
            MoveSource.RequireCurrent(_connections);
        else
            new SqliteSchema(_connections, directory, TimeProvider.System, NullLogger.Instance).Prepare();
        var node = directory.ReadNodeName();
        await target.CreateTablesAsync(await target.BeginAsync(cancellationToken), node);
        using var snapshot = MoveSource.OpenSnapshot(_connections);
        var tables = await MovedTables.ReadAsync(snapshot, target.Connection);
        await MoveChecks.RunAsync(_connections, snapshot, options, output);
        var files = new MovedFiles(snapshot, DirectoryBlobs.Of(directory), options.AcceptsMissingFiles);
        var (count, bytes) = await files.CheckAsync(cancellationToken);
        if (options.IsDryRun)
        {
            await CountAsync(snapshot, tables);
            await output.WriteLineAsync($"{VerifiedCopy.LineOfFiles(count, bytes)}\nNothing was changed.");
            return null;
        }

        await new VerifiedCopy(snapshot, files, target.Connection, tables, output).RunAsync(keys, options.AcceptsBrokenAudit, cancellationToken);
        var moved = new MoveMark(MoveState.Moved, Ids.New(), node, settings.Name) { IsOfSource = true };
        await target.MarkAsync(moved with { State = MoveState.Moving, IsOfSource = false, Other = _connections.Path });
        await target.CommitAsync(cancellationToken);
        MoveSource.Mark(_connections, moved);
        await output.WriteLineAsync($"{_connections.Path}: moved to {settings.Name} in {watch.Elapsed.TotalSeconds:0.0} s, and refused from now on");
        return moved;
    }

    /// <summary>Lets servers use the PostgreSQL database.</summary>
    private async Task CompleteAsync(MoveTarget target, MoveMark source, CancellationToken cancellationToken)
    {
        var mark = MoveMark.Find(await target.BeginAsync(cancellationToken));
        if (mark?.Id != source.Id)
        {
            throw new StartupException(
                $"The database '{_connections.Path}' was moved to the PostgreSQL database '{source.Other}', and '{settings.Name}' does not hold its rows.");
        }

        if (mark.State == MoveState.Returned)
            throw new StartupException("The move is being undone. Run the command with --undo again, and then move again.");
        await target.MarkAsync(mark with { State = MoveState.Moved });
        await target.CommitAsync(cancellationToken);
        await output.WriteLineAsync($"Start the server with CHATBOTKIT_POSTGRES and the same data directory '{store.DataDirectory}'.");
    }

    private async Task CountAsync(SqliteConnection snapshot, IReadOnlyList<MovedTable> tables)
    {
        foreach (var table in tables)
        {
            using var rows = new SqliteTuples(snapshot, table);
            await output.WriteLineAsync(VerifiedCopy.Line(table, rows.DigestRest(), rows.Replaced));
        }
    }
}
