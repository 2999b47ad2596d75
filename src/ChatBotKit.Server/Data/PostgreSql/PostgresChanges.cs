using System.Data;
using ChatBotKit.Server.Changes;
using Npgsql;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>
/// Runs changes, each in its own transaction. A change reads before it writes, so changes run one at a time and with repeatable reads:
/// when a lane writes a row that the change has read and then writes, the database refuses the write, and the change starts again.
/// </summary>
/// <param name="pool">The connections.</param>
/// <param name="lease">The lease without which changes are refused; null for a command, which needs none.</param>
/// <param name="health">Records whether changes can be stored.</param>
/// <param name="changes">The feed that publishes what the changes announce.</param>
/// <param name="keepsEvents">Whether events are stored.</param>
internal sealed class PostgresChanges(
    NpgsqlDataSource pool, PostgresLease? lease, StoreHealth health, ChangeFeed changes, bool keepsEvents) : IDisposable
{
    private const int MaxAttempts = 10;

    // Null without the lease, and empty for a transaction that has written nothing. A server that takes the lease ends the connections of
    // the last holder, so a transaction that began with the lease is not committed without it.
    private const string TransactionId = """
        SELECT CASE WHEN CAST($2 AS text) IS NULL OR EXISTS (SELECT 1 FROM "Leases" WHERE "Name" = $1 AND "Holder" = $2)
            THEN coalesce(CAST(pg_current_xact_id_if_assigned() AS text), '') END
        """;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestChange = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _turn = new(1);

    /// <exception cref="StoreUnavailableException">The database can't be written.</exception>
    public async Task<T> RunAsync<T>(Func<ISqlTransaction, ValueTask<T>> change, CancellationToken cancellationToken)
    {
        if (!await _turn.WaitAsync(LongestWait, cancellationToken))
            throw new StoreUnavailableException("The PostgreSQL database is too slow: earlier changes have not ended in time.");
        IReadOnlyList<Change> announced;
        T result;
        try
        {
            (result, announced) = await RepeatAsync(change, cancellationToken);
            health.Wrote();
        }
        catch (StoreUnavailableException exception)
        {
            health.WriteFailed(exception);
            throw;
        }
        finally
        {
            _turn.Release();
        }

        foreach (var one in announced)
            changes.Publish(one);
        return result;
    }

    public void Dispose() => _turn.Dispose();

    private async Task<(T Result, IReadOnlyList<Change> Announced)> RepeatAsync<T>(
        Func<ISqlTransaction, ValueTask<T>> change, CancellationToken cancellationToken)
    {
        var (locksAudit, missedParent) = (false, false);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AttemptAsync(change, locksAudit, cancellationToken);
            }
            catch (Exception exception) when (attempt < MaxAttempts && PostgresErrors.IsCollision(exception))
            {
                locksAudit |= PostgresErrors.IsAuditCollision(exception);
            }
            catch (Exception exception) when (!missedParent && PostgresErrors.IsMissingParent(exception))
            {
                // A link to a deleted row may have been stored after the change began. The next attempt reads it.
                missedParent = true;
            }
            catch (LostBeforeCommitException) when (attempt == 1)
            {
                pool.Clear();
            }
            catch (LostBeforeCommitException exception)
            {
                throw PostgresErrors.Unavailable(exception.InnerException!);
            }
            catch (Exception exception) when (PostgresErrors.Translate(exception) is var failure && failure != exception)
            {
                if (PostgresErrors.IsReadOnly(exception))
                    pool.Clear();
                throw failure;
            }
        }
    }

    private async Task<(T Result, IReadOnlyList<Change> Announced)> AttemptAsync<T>(
        Func<ISqlTransaction, ValueTask<T>> change, bool locksAudit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        PostgresSession session;
        T result;
        NpgsqlConnection? connection = null;
        try
        {
            connection = await pool.OpenConnectionAsync(cancellationToken);
            // A transaction without a commit is rolled back when the connection returns to the pool.
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, CancellationToken.None);
            if (locksAudit)
                await connection.RunAsync(PostgresAudit.LockAll);
            session = new PostgresSession(connection, keepsEvents);
            result = await WithinTimeAsync(change(session));
            var id = (string?)await connection.ScalarAsync(TransactionId, PostgresLease.Name, lease?.Holder)
                ?? throw new StoreUnavailableException("Another server uses the database now.");
            await CommitAsync(connection, transaction, id);
        }
        catch (Exception exception) when (connection is not null && exception is not UnknownCommitException && PostgresErrors.IsLostConnection(exception))
        {
            throw new LostBeforeCommitException(exception);
        }
        finally
        {
            if (connection is not null)
                await connection.DisposeAsync();
        }

        return (result, session.Announced);
    }

    // All other changes wait for this one. The limits of the database apply only while one of its statements runs.
    private static async Task<T> WithinTimeAsync<T>(ValueTask<T> work)
    {
        if (work.IsCompleted)
            return await work;
        try
        {
            return await work.AsTask().WaitAsync(LongestChange, TimeProvider.System);
        }
        catch (TimeoutException exception) when (exception.InnerException is null)
        {
            throw new InvalidOperationException("A change awaits only what its transaction gives it", exception);
        }
    }

    private async Task CommitAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string id)
    {
        var process = connection.ProcessID;
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception exception) when (PostgresErrors.IsLostConnection(exception))
        {
            if (id.Length == 0 || await new PostgresOutcome(pool).IsCommittedAsync(id, process, exception))
                return;
            throw;
        }
    }

    /// <summary>The connection was lost before the commit, so nothing is stored.</summary>
    private sealed class LostBeforeCommitException(Exception inner) : Exception(inner.Message, inner);
}
