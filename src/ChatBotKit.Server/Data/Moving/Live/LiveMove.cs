using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.PostgreSql;
using ChatBotKit.Server.Data.Schema;
using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ChatBotKit.Server.Data.Moving;

/// <summary>
/// Moves the database and the files of a running server to PostgreSQL. Everything is copied and verified while writes go on, and then what
/// has changed meanwhile, in rounds. Writes are refused for the last round only.
/// </summary>
/// <param name="store">The store of the running server.</param>
/// <param name="settings">The settings of the PostgreSQL database.</param>
/// <param name="keys">The directory of the keys.</param>
/// <param name="options">The options.</param>
/// <param name="progress">The progress.</param>
internal sealed class LiveMove(SqliteStore store, PostgresSettings settings, string keys, MoveOptions options, MoveProgress progress)
{
    /// <summary>The server switches when fewer keys than this have changed during a round.</summary>
    private const int SmallRound = 500;

    /// <summary>The server switches after so many rounds in any case, because there may always be that many writes.</summary>
    private const int MaxRounds = 20;

    private static readonly string RefusalText = "The server moves to PostgreSQL and takes no writes for some seconds; try again";

    private readonly MoveMark _mark = new(MoveState.Moved, Ids.New(), store.Directory.ReadNodeName(), settings.Name) { IsOfSource = true };

    /// <summary>Moves the database. When the task completes, the store refuses all writes, and the PostgreSQL database is to be used.</summary>
    /// <param name="prepareSwitch">Ends what writes by itself, such as runs, before writes are refused.</param>
    /// <param name="cancellationToken">The token that cancels the move, up to the moment in which the SQLite database is marked as moved.</param>
    /// <exception cref="StartupException">The database can't be moved. The store takes writes again.</exception>
    /// <exception cref="MoveUnfinishedException">The SQLite database is marked as moved, but the PostgreSQL database can't be used yet.</exception>
    public async Task RunAsync(Func<Task> prepareSwitch, CancellationToken cancellationToken)
    {
        await using var target = await MoveTarget.OpenAsync(settings, cancellationToken);
        try
        {
            await CopyAndSwitchAsync(target, prepareSwitch, cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException || PostgresErrors.IsUnavailable(exception))
        {
            throw MoveTarget.Refusal(settings, exception);
        }
        catch (SqliteException exception)
        {
            throw new StartupException($"The database '{store.Connections.Path}' could not be read: {exception.Message}", exception);
        }
    }

    private async Task CopyAndSwitchAsync(MoveTarget target, Func<Task> prepareSwitch, CancellationToken cancellationToken)
    {
        try
        {
            var tables = await CopyAsync(target, cancellationToken);
            progress.Enter(MovePhase.CatchingUp);
            var order = await TableOrder.ReadAsync(target.Connection, tables);
            for (var round = 0; round < MaxRounds && await CatchUpAsync(target, order, cancellationToken) >= SmallRound; round++)
                cancellationToken.ThrowIfCancellationRequested();
            await SwitchAsync(target, order, prepareSwitch, cancellationToken);
        }
        catch (Exception exception) when (exception is not MoveUnfinishedException)
        {
            await target.RollbackAsync();
            store.AcceptWrites();
            progress.EndRefusal();
            await EndCaptureAsync();
            throw;
        }
    }

    /// <summary>Copies everything as of one point in time, after which all changes are recorded.</summary>
    private async Task<IReadOnlyList<MovedTable>> CopyAsync(MoveTarget target, CancellationToken cancellationToken)
    {
        await target.CreateTablesAsync(await target.BeginAsync(cancellationToken), _mark.Node);
        IReadOnlyList<MovedTable> tables;
        using (var reader = store.Connections.OpenReader())
        {
            tables = await MovedTables.ReadAsync(reader, target.Connection);
            await store.RunAsync([.. ChangeCapture.End(reader), .. ChangeCapture.Begin(tables)]);
        }

        using var snapshot = MoveSource.OpenSnapshot(store.Connections);
        await MoveChecks.RunAsync(store.Connections, snapshot, options, TextWriter.Null);
        progress.Enter(MovePhase.Copying);
        var copy = new VerifiedCopy(snapshot, FilesOf(snapshot), target.Connection, tables, TextWriter.Null) { Progress = progress };
        await copy.RunAsync(keys, options.AcceptsBrokenAudit, cancellationToken);
        await target.MarkAsync(_mark with { State = MoveState.Moving, IsOfSource = false, Other = store.Connections.Path });
        await target.CommitAsync(cancellationToken);
        return tables;
    }

    /// <summary>Copies what has changed since the last round.</summary>
    /// <returns>The number of changed keys.</returns>
    private async Task<long> CatchUpAsync(MoveTarget target, TableOrder order, CancellationToken cancellationToken)
    {
        using var snapshot = MoveSource.OpenSnapshot(store.Connections);
        if (snapshot.Scalar($"SELECT max(\"No\") FROM \"{ChangeCapture.TableName}\"") is not long last)
            return 0;
        var changed = (long)snapshot.Scalar($"SELECT count(*) FROM \"{ChangeCapture.TableName}\"")!;
        progress.SetWaiting(changed);
        await target.BeginAsync(cancellationToken);
        var round = new MoveRound(snapshot, target.Connection, order, FilesOf(snapshot));
        await round.RunAsync(cancellationToken);
        await target.CommitAsync(cancellationToken);
        progress.Add(round.Rows, bytes: 0);
        if (progress.Phase != MovePhase.Switching)
            await store.RunAsync([ChangeCapture.Forget(last)]);
        progress.SetWaiting(0);
        return changed;
    }

    private async Task SwitchAsync(MoveTarget target, TableOrder order, Func<Task> prepareSwitch, CancellationToken cancellationToken)
    {
        progress.Enter(MovePhase.Switching);
        await prepareSwitch();
        progress.BeginRefusal();
        await store.RefuseWritesAsync(new StoreUnavailableException(RefusalText) { TextForClients = RefusalText });
        await CatchUpAsync(target, order, cancellationToken);
        await target.BeginAsync(cancellationToken);
        using (var snapshot = MoveSource.OpenSnapshot(store.Connections))
            await MoveComparison.RunAsync(snapshot, target.Connection, order.Tables, cancellationToken);
        await KeyFiles.CopyAsync(keys, target.Connection);
        await target.CommitAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        MarkSource();
        await CompleteAsync(target);
    }

    /// <summary>Marks the SQLite database. From then on every server refuses it.</summary>
    private void MarkSource()
    {
        try
        {
            MoveSource.Mark(store.Connections, _mark);
        }
        catch (SqliteException) when (MoveSource.FindMark(store.Connections)?.Id == _mark.Id)
        {
            // It is marked in spite of the failure.
        }
    }

    /// <summary>Lets servers use the PostgreSQL database.</summary>
    private async Task CompleteAsync(MoveTarget target)
    {
        try
        {
            await target.BeginAsync(CancellationToken.None);
            await target.MarkAsync(_mark with { State = MoveState.Moved, IsOfSource = false, Other = store.Connections.Path });
            await target.CommitAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is StartupException or NpgsqlException || PostgresErrors.IsUnavailable(exception))
        {
            throw new MoveUnfinishedException(
                $"Everything is on '{settings.Name}', but that database could not be marked as usable: {PostgresErrors.Reason(exception)} Run --migrate-to once to finish the move.", exception);
        }
    }

    private async Task EndCaptureAsync()
    {
        try
        {
            using var reader = store.Connections.OpenReader();
            await store.RunAsync(ChangeCapture.End(reader));
        }
        catch (Exception exception) when (exception is SqliteException or StoreUnavailableException)
        {
            // The next start ends it.
        }
    }

    private MovedFiles FilesOf(SqliteConnection snapshot) =>
        new(snapshot, store.Blobs, options.AcceptsMissingFiles) { Current = store.Connections };
}

/// <summary>The SQLite database is marked as moved, but the PostgreSQL database can't be used yet.</summary>
internal sealed class MoveUnfinishedException(string message, Exception inner) : Exception(message, inner);
