using ChatBotKit.Server.Configuration;
using Npgsql;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>
/// A lease of the database, which ensures that only one server uses it. It expires when its holder does not renew it, by the clock of
/// the database. A server on the data directory of the last holder takes the lease at once, because the lock of the directory shows
/// that the last holder has ended.
/// </summary>
internal sealed class PostgresLease : IAsyncDisposable
{
    /// <summary>The name of the lease.</summary>
    public const string Name = "server";

    private const string Now = "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)";

    private const string Take = $"""
        INSERT INTO "Leases" AS lease ("Name", "Holder", "Node", "Until") VALUES ($1, $2, $3, {Now} + $4)
        ON CONFLICT ("Name") DO UPDATE SET "Holder" = excluded."Holder", "Node" = excluded."Node", "Until" = excluded."Until"
        WHERE lease."Until" <= {Now} OR lease."Node" = excluded."Node"
        """;

    private const string Renew = $"""UPDATE "Leases" SET "Until" = {Now} + $3 WHERE "Name" = $1 AND "Holder" = $2""";

    private const string Current = """SELECT "Holder", "Until" FROM "Leases" WHERE "Name" = $1""";

    // A holder that was killed or stopped may have sent statements that still run. They must not be committed after the new holder has
    // read the database.
    private const string EndHolder = """
        SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
        WHERE usename = current_user AND (application_name = $1 OR application_name LIKE $1 || '-%')
        """;

    private const string Release = """UPDATE "Leases" SET "Until" = 0 WHERE "Name" = $1 AND "Holder" = $2""";

    private const string DeleteOldLanes = """DELETE FROM "Lanes" WHERE "Holder" <> $1""";

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2.5);

    private readonly NpgsqlDataSource _source;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _ending = new();
    private Task _renewing = Task.CompletedTask;
    private volatile bool _isLost;

    private readonly StoreHealth _health;

    private PostgresLease(NpgsqlDataSource source, string holder, StoreHealth health, ILogger logger) =>
        (_source, Holder, _health, _logger) = (source, holder, health, logger);

    /// <summary>The id of the process that holds the lease.</summary>
    public string Holder { get; }

    /// <summary>Whether another server has taken the lease. A lost lease is never taken again.</summary>
    public bool IsLost => _isLost;

    /// <summary>Returns the name of a holder's connections that write. Those of its lanes have a number behind it.</summary>
    public static string ConnectionName(string holder) => $"chatbotkit-{holder}";

    /// <summary>Takes the lease. Waits until it expires if its holder does not renew it.</summary>
    /// <param name="settings">The settings of the database.</param>
    /// <param name="source">The source of connections.</param>
    /// <param name="holder">The id of this process.</param>
    /// <param name="node">The name of the data directory.</param>
    /// <param name="health">Records that the lease can't be renewed.</param>
    /// <param name="logger">The logger for warnings.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <exception cref="StartupException">Another server runs on the database.</exception>
    public static async Task<PostgresLease> TakeAsync(
        PostgresSettings settings, NpgsqlDataSource source, string holder, string node, StoreHealth health, ILogger logger,
        CancellationToken cancellationToken)
    {
        var lease = new PostgresLease(source, holder, health, logger);
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await WaitAsync(settings, connection, holder, node, cancellationToken);
            await connection.RunAsync(DeleteOldLanes, holder);
        }
        catch (Exception exception) when (PostgresErrors.IsUnavailable(exception))
        {
            throw new StartupException($"The PostgreSQL database '{settings.Name}' can't be used: {PostgresErrors.Reason(exception)}", exception);
        }

        lease._renewing = Task.Run(lease.RenewAsync, CancellationToken.None);
        return lease;
    }

    /// <summary>Releases the lease, so that the next server need not wait for its expiry.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _renewing;
        try
        {
            await using var connection = await _source.OpenConnectionAsync();
            await connection.RunAsync(Release, Name, Holder);
        }
        catch (Exception exception) when (PostgresErrors.IsUnavailable(exception))
        {
            // The lease expires.
            _logger.LogDebug(exception, "The lease of the database could not be released.");
        }

        _ending.Dispose();
    }

    private static async Task WaitAsync(
        PostgresSettings settings, NpgsqlConnection connection, string holder, string node, CancellationToken cancellationToken)
    {
        for (long? seen = null; ; await Task.Delay(Pause, TimeProvider.System, cancellationToken))
        {
            var current = await connection.ListAsync(Current, static row => (Holder: row.GetString(0), Until: row.GetInt64(1)), Name);
            if (await connection.RunAsync(Take, Name, holder, node, (long)Length.TotalMilliseconds) > 0)
            {
                foreach (var last in current)
                    await connection.RunAsync(EndHolder, ConnectionName(last.Holder));
                return;
            }

            if (seen is not null && current.Count > 0 && current[0].Until > seen)
            {
                throw new StartupException(
                    $"Another server runs on the PostgreSQL database '{settings.Name}'. Stop it, or give this server a database of its own.");
            }

            seen ??= current.Count > 0 ? current[0].Until : null;
        }
    }

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        try
        {
            while (!_isLost && await timer.WaitForNextTickAsync(_ending.Token))
                await TryRenewAsync();
        }
        catch (OperationCanceledException)
        {
            // The store is being closed.
        }
    }

    private async Task TryRenewAsync()
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync(_ending.Token);
            if (await connection.RunAsync(Renew, Name, Holder, (long)Length.TotalMilliseconds) > 0)
                return;
            _isLost = true;
            _logger.LogCritical("Another server uses the database now, and this one can no longer store anything. Stop this server.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            if (PostgresErrors.IsReadOnly(exception))
                _source.Clear();
            _health.WriteFailed(PostgresErrors.Unavailable(exception));
            _logger.LogWarning("The lease of the database could not be renewed: {Reason}", PostgresErrors.Reason(exception));
        }
    }
}
