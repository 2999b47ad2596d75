using Npgsql;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>
/// Stores one group of sets after another on a connection of its own. A set that is refused fails alone: the others of its group are
/// sent again. Each group has a number that is stored with it, which tells what became of a group whose connection was lost.
/// </summary>
internal sealed class PostgresGroups(PostgresSettings settings, PostgresLease lease, string name) : IAsyncDisposable
{
    private const int MaxRounds = 2;
    private const int MaxRepetitions = 5;

    // Only the holder of the lease has a row of it; for anybody else the holder is null, which its column refuses.
    private const string Number = """
        INSERT INTO "Lanes" ("Id", "Holder", "Sequence") VALUES ($1, (SELECT "Holder" FROM "Leases" WHERE "Name" = $2 AND "Holder" = $3), $4)
        ON CONFLICT ("Id") DO UPDATE SET "Sequence" = excluded."Sequence"
        """;

    // The connection that was lost here may still be alive there, at work or waiting.
    private const string EndOthers =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND usename = current_user AND pid <> pg_backend_pid()";

    private const string StoredNumber = """SELECT "Sequence" FROM "Lanes" WHERE "Id" = $1 FOR UPDATE""";

    private readonly NpgsqlDataSource _source = settings.CreateUnpooled(name);
    private NpgsqlConnection? _connection;
    private long _sequence;
    private long _stored;

    /// <summary>How many groups were stored.</summary>
    public long Stored => Interlocked.Read(ref _stored);

    public async Task RunAsync(IReadOnlyList<PostgresCommit> group)
    {
        var waiting = group.ToList();
        for (var round = 0; waiting.Count > 0 && (round < MaxRounds || waiting.Count == 1); round++)
        {
            var (failure, culprit) = await TryAsync(waiting);
            if (failure is null || failure is StoreUnavailableException)
            {
                Settle(waiting, failure);
                return;
            }

            if (culprit is null && waiting.Count > 1)
                break;
            waiting[culprit ?? 0].Fail(failure);
            waiting.RemoveAt(culprit ?? 0);
        }

        foreach (var one in waiting)
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

    /// <summary>Stores the group, again and again where it met another transaction or lost its connection.</summary>
    private async Task<(Exception? Failure, int? Culprit)> TryAsync(List<PostgresCommit> group)
    {
        for (var repetition = 0; ; repetition++)
        {
            var (failure, culprit) = await SendAsync(group);
            if (failure is null)
            {
                Interlocked.Increment(ref _stored);
                return (null, null);
            }

            var mayRepeat = repetition < MaxRepetitions && (PostgresErrors.IsCollision(failure) || PostgresErrors.IsLostConnection(failure));
            if (!mayRepeat)
                return (PostgresErrors.Translate(failure), culprit);
        }
    }

    private async Task<(Exception? Failure, int? Culprit)> SendAsync(List<PostgresCommit> group)
    {
        if (lease.IsLost)
            return (new StoreUnavailableException("Another server has taken over the database."), null);
        try
        {
            _connection ??= await _source.OpenConnectionAsync();
        }
        catch (Exception exception) when (PostgresErrors.IsUnavailable(exception))
        {
            return (PostgresErrors.Unavailable(exception), null);
        }

        _sequence++;
        await using var batch = new PostgresBatch(_connection);
        try
        {
            batch.Add(Number, name, PostgresLease.Name, lease.Holder, _sequence);
            batch.AddSets(group);
            await batch.ExecuteAsync();
            return (null, null);
        }
        catch (Exception exception) when (PostgresErrors.IsLostConnection(exception))
        {
            return (await FindOutAsync(exception), null);
        }
        catch (Exception exception)
        {
            if (PostgresErrors.IsReadOnly(exception))
                await CloseAsync();
            return (exception, batch.OwnerOf(exception));
        }
    }

    /// <returns>Null when the group was stored although its connection was lost; else the failure.</returns>
    private async Task<Exception?> FindOutAsync(Exception failure)
    {
        await CloseAsync();
        try
        {
            var isStored = await new PostgresOutcome(_source).AskAsync(
                async connection =>
                {
                    await connection.RunAsync(EndOthers, name);
                    return await connection.ScalarAsync(StoredNumber, name) is long stored && stored == _sequence;
                },
                failure);
            return isStored ? null : failure;
        }
        catch (UnknownCommitException exception)
        {
            return PostgresErrors.Unavailable(exception);
        }
    }

    private async Task CloseAsync()
    {
        if (_connection is not { } connection)
            return;
        _connection = null;
        await connection.DisposeAsync();
    }
}
