using Npgsql;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>
/// Checks whether the database can be read and written. Callers that come while a check runs wait for its result, so that many callers
/// cost no more than one, and a database that hangs does not collect checks.
/// </summary>
internal sealed class PostgresReadiness(NpgsqlDataSource pool, PostgresReads reads, PostgresChanges changes, StoreHealth health)
{
    private const string CanRead = "SELECT TRUE";

    private const string CanWrite = "SELECT current_setting('transaction_read_only') = 'off'";

    // The row is larger than a page, so that it needs space on the disk.
    private const string Write = """
        INSERT INTO "LogBatches" ("LogId", "First", "Last", "Lines", "CreatedAt") VALUES ($1, 1, 1, convert_to(repeat('0', 16384), 'UTF8'), 0)
        """;

    private const string Undo = """DELETE FROM "LogBatches" WHERE "LogId" = $1""";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private readonly PostgresReads _connections = new(pool);
    private readonly Lock _lock = new();
    private Task _check = Task.CompletedTask;

    /// <exception cref="StoreUnavailableException">The database can't be used, or does not answer in time.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        Task check;
        lock (_lock)
        {
            if (_check.IsCompleted)
                _check = CheckNowAsync();
            check = _check;
        }

        try
        {
            await check.WaitAsync(Limit, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new StoreUnavailableException("The PostgreSQL database does not answer in time.", exception);
        }
    }

    private async Task CheckNowAsync()
    {
        // Reads have connections of their own, which may still be those to a server that is gone.
        await reads.ReadAsync(db => db.FirstAsync(CanRead, static row => row.GetBoolean(0)), CancellationToken.None);
        if (!await _connections.ReadAsync(db => db.FirstAsync(CanWrite, static row => row.GetBoolean(0)), CancellationToken.None))
        {
            // A connection that was opened while the database was read-only stays read-only.
            pool.Clear();
            throw new StoreUnavailableException("The PostgreSQL database is read-only.");
        }

        // A write costs a flush of the disk. Only after a failed write, a real one must show that the cause is gone.
        if (health.LastWriteFailed)
            await changes.RunAsync(WriteAsync, CancellationToken.None);
        if (health.IsDamaged)
            throw new StoreUnavailableException("The database is damaged. Restore it from a backup.") { IsDamage = true };
    }

    private static async ValueTask<int> WriteAsync(ISqlTransaction db)
    {
        var log = Ids.New();
        await db.ExecuteAsync(Write, log);
        return await db.ExecuteAsync(Undo, log);
    }
}
