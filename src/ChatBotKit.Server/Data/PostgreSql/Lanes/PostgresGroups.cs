using Npgsql;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>
/// Commits groups of write sets on its own connection. When one set of a group is refused, the other sets are sent again. The
/// number of a group is stored with it, so that the lane can check after a lost connection whether the group was committed.
/// </summary>
internal sealed class PostgresGroups(PostgresSettings settings, PostgresLease lease, StoreHealth health, string name) : IAsyncDisposable
{
    private const int MaxRounds = 2;
    private const int MaxRepetitions = 5;

    // The inner query returns null unless this server holds the lease. The column is NOT NULL, so the group fails.
    private const string Number = """
        INSERT INTO "Lanes" ("Id", "Holder", "Sequence") VALUES ($1, (SELECT "Holder" FROM "Leases" WHERE "Name" = $2 AND "Holder" = $3), $4)
        ON CONFLICT ("Id") DO UPDATE SET "Sequence" = excluded."Sequence"
        """;

    // The server may not have noticed yet that the connection was lost, and may still run its statements.
    private const string EndOthers =
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = $1 AND usename = current_user AND pid <> pg_backend_pid()";

    private const string StoredNumber = """SELECT "Sequence" FROM "Lanes" WHERE "Id" = $1 FOR UPDATE""";

    private readonly NpgsqlDataSource _source = settings.CreateUnpooled(name);
    private readonly PostgresEvents _events = new();
    private NpgsqlConnection? _connection;
    private bool _mayOthersRun;
    private long _sequence;
    private long _stored;

    /// <summary>The number of committed groups.</summary>
    public long Stored => Interlocked.Read(ref _stored);

    public async Task RunAsync(IReadOnlyList<PostgresCommit> group)
    {
        var (waiting, refused) = (group.ToList(), new List<PostgresCommit>());
        for (var round = 0; waiting.Count > 0 && (round < MaxRounds || waiting.Count == 1); round++)
        {
            var (failure, culprit) = await TryAsync(waiting);
            if (failure is null || failure is StoreUnavailableException)
            {
                Settle(waiting, failure);
                waiting.Clear();
            }
            else if (group.Count == 1)
            {
                Settle(waiting, failure);
                return;
            }
            else if (culprit is { } index)
            {
                refused.Add(waiting[index]);
                waiting.RemoveAt(index);
            }
            else
            {
                break;
            }
        }

        // A set may have been refused because of another set of the group, which was rolled back with it. It is sent again after the
        // others are committed, so that its caller finds the row that it conflicts with.
        foreach (var one in waiting.Concat(refused))
            await RunAsync([one]);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await _source.DisposeAsync();
    }

    private static void Settle(List<PostgresCommit> commits, Exception? failure)
    {
        foreach (var commit in commits)
        {
            if (failure is null)
                commit.Complete();
            else
                commit.Fail(failure);
        }
    }

    /// <summary>Commits the group. Repeats it after conflicts with other transactions and after lost connections.</summary>
    private async Task<(Exception? Failure, int? Culprit)> TryAsync(List<PostgresCommit> group)
    {
        for (var repetition = 0; ; repetition++)
        {
            var (failure, culprit) = await SendAsync(group);
            if (failure is null)
            {
                health.Wrote();
                Interlocked.Increment(ref _stored);
                return (null, null);
            }

            var mayRepeat = repetition < MaxRepetitions && (PostgresErrors.IsCollision(failure) || PostgresErrors.IsLostConnection(failure));
            if (mayRepeat)
                continue;
            failure = PostgresErrors.Translate(failure);
            health.WriteFailed(failure);
            return (failure, culprit);
        }
    }

    private async Task<(Exception? Failure, int? Culprit)> SendAsync(List<PostgresCommit> group)
    {
        if (lease.IsLost)
            return (new StoreUnavailableException("Another server uses the database now."), null);
        try
        {
            _connection ??= await OpenAsync();
        }
        catch (Exception exception) when (PostgresErrors.IsUnavailable(exception) || PostgresErrors.IsCollision(exception))
        {
            return (PostgresErrors.Unavailable(exception), null);
        }

        _sequence++;
        await using var batch = new PostgresBatch(_connection);
        try
        {
            batch.Add(Number, name, PostgresLease.Name, lease.Holder, _sequence);
            batch.AddSets(group, _events);
            await batch.ExecuteAsync();
            _events.Keep();
            return (null, null);
        }
        catch (Exception exception) when (PostgresErrors.IsLostConnection(exception))
        {
            return (await DetermineAsync(exception), null);
        }
        catch (Exception exception)
        {
            // Npgsql closes the connection itself after some errors, such as that of a full disk.
            if (PostgresErrors.IsReadOnly(exception) || _connection.State != System.Data.ConnectionState.Open)
                await CloseAsync();
            return (exception, batch.OwnerOf(exception));
        }
    }

    /// <summary>Determines whether the group was committed before its connection was lost.</summary>
    /// <returns>Null when it was committed; otherwise the failure.</returns>
    private async Task<Exception?> DetermineAsync(Exception failure)
    {
        await CloseAsync();
        try
        {
            var isStored = await new PostgresOutcome(_source).AskAsync(
                async connection => await EndOthersAsync(connection) == _sequence,
                failure);
            return isStored ? null : failure;
        }
        catch (UnknownCommitException exception)
        {
            _mayOthersRun = true;
            return PostgresErrors.Unavailable(exception);
        }
    }

    /// <summary>
    /// Opens the connection of the lane. The database may still have the statements of an earlier connection whose result is unknown. That
    /// connection is ended first, so that its group is not committed after newer ones.
    /// </summary>
    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = await _source.OpenConnectionAsync();
        try
        {
            if (_mayOthersRun)
                await EndOthersAsync(connection);
            _mayOthersRun = false;
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the earlier connections of the lane.</summary>
    /// <returns>The number of the last committed group; null when there is none.</returns>
    private async Task<long?> EndOthersAsync(NpgsqlConnection connection)
    {
        await connection.RunAsync(EndOthers, name);
        return (long?)await connection.ScalarAsync(StoredNumber, name);
    }

    private async Task CloseAsync()
    {
        if (_connection is not { } connection)
            return;
        _connection = null;
        await connection.DisposeAsync();
    }
}
