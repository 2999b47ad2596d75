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

    private const string Until = """SELECT "Until" FROM "Leases" WHERE "Name" = $1""";

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

    private PostgresLease(NpgsqlDataSource source, ILogger logger) => (_source, _logger) = (source, logger);

    /// <summary>The id of the process that holds the lease.</summary>
    public string Holder { get; } = Ids.New();

    /// <summary>Whether another server has taken the lease. A lost lease is never taken again.</summary>
    public bool IsLost => _isLost;

    /// <summary>Takes the lease. Waits until it expires if its holder does not renew it.</summary>
    /// <param name="settings">The settings of the database.</param>
    /// <param name="source">The source of connections.</param>
    /// <param name="node">The name of the data directory.</param>
    /// <param name="logger">The logger for warnings.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <exception cref="StartupException">Another server runs on the database.</exception>
    public static async Task<PostgresLease> TakeAsync(
        PostgresSettings settings, NpgsqlDataSource source, string node, ILogger logger, CancellationToken cancellationToken)
    {
        var lease = new PostgresLease(source, logger);
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            long? seen = null;
            while (await connection.RunAsync(Take, Name, lease.Holder, node, (long)Length.TotalMilliseconds) == 0)
            {
                var until = (long?)await connection.ScalarAsync(Until, Name);
                if (seen is not null && until > seen)
                {
                    throw new StartupException(
                        $"Another server runs on the PostgreSQL database '{settings.Name}'. Stop it, or give this server a database of its own.");
                }

                seen ??= until;
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }

            await connection.RunAsync(DeleteOldLanes, lease.Holder);
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
            _logger.LogWarning("The lease of the database could not be renewed: {Reason}", PostgresErrors.Reason(exception));
        }
    }
}
