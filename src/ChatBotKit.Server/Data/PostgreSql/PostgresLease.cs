using ChatBotKit.Server.Configuration;
using Npgsql;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>
/// The right to be the server of a database, which one process has at a time. It ends by itself when its holder is killed, at a moment
/// of the database's clock. A server on the data directory of the last holder need not wait for that: no other process has the directory.
/// </summary>
internal sealed class PostgresLease : IAsyncDisposable
{
    /// <summary>The row of the lease.</summary>
    public const string Name = "server";

    private const string Now = "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)";

    private const string Take = $"""
        INSERT INTO "Leases" AS lease ("Name", "Holder", "Node", "Until") VALUES ($1, $2, $3, {Now} + $4)
        ON CONFLICT ("Name") DO UPDATE SET "Holder" = excluded."Holder", "Node" = excluded."Node", "Until" = excluded."Until"
        WHERE lease."Until" <= {Now} OR lease."Node" = excluded."Node"
        """;

    private const string Renew = $"""UPDATE "Leases" SET "Until" = {Now} + $3 WHERE "Name" = $1 AND "Holder" = $2""";

    private const string Until = """SELECT "Until" FROM "Leases" WHERE "Name" = $1""";

    private const string GiveUp = """UPDATE "Leases" SET "Until" = 0 WHERE "Name" = $1 AND "Holder" = $2""";

    private const string ForgetLanes = """DELETE FROM "Lanes" WHERE "Holder" <> $1""";

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2.5);

    private readonly NpgsqlDataSource _source;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _ending = new();
    private Task _renewing = Task.CompletedTask;
    private volatile bool _isLost;

    private PostgresLease(NpgsqlDataSource source, ILogger logger) => (_source, _logger) = (source, logger);

    /// <summary>Names the process that holds the lease.</summary>
    public string Holder { get; } = Ids.New();

    /// <summary>Whether another server has the database now. It stays so.</summary>
    public bool IsLost => _isLost;

    /// <summary>Takes the lease; waits for it when its holder does not renew it.</summary>
    /// <param name="settings">The database.</param>
    /// <param name="source">Connections to it.</param>
    /// <param name="node">Names the data directory.</param>
    /// <param name="logger">Takes warnings.</param>
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

            await connection.RunAsync(ForgetLanes, lease.Holder);
        }
        catch (Exception exception) when (PostgresErrors.IsUnavailable(exception))
        {
            throw new StartupException($"The PostgreSQL database '{settings.Name}' can't be used: {PostgresErrors.Reason(exception)}", exception);
        }

        lease._renewing = Task.Run(lease.RenewAsync, CancellationToken.None);
        return lease;
    }

    /// <summary>Lets the next server have the database at once.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _renewing;
        try
        {
            await using var connection = await _source.OpenConnectionAsync();
            await connection.RunAsync(GiveUp, Name, Holder);
        }
        catch (Exception exception) when (PostgresErrors.IsUnavailable(exception))
        {
            // It ends by itself.
            _logger.LogDebug(exception, "The lease of the database could not be given up.");
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
            _logger.LogCritical("Another server has taken over the database, and this one stores nothing any more. Stop it.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _logger.LogWarning("The lease of the database could not be renewed: {Reason}", PostgresErrors.Reason(exception));
        }
    }
}
