using System.Data;
using Npgsql;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>
/// Runs queries on connections of a pool. A connection that died while it lay in the pool shows that only when it is used, so a query
/// whose connection is lost is run once more.
/// </summary>
internal sealed class PostgresReads(NpgsqlDataSource pool)
{
    /// <summary>Runs one query.</summary>
    /// <exception cref="StoreUnavailableException">The database can't be read.</exception>
    public ValueTask<T> ReadAsync<T>(Func<PostgresSession, ValueTask<T>> query, CancellationToken cancellationToken) =>
        RunAsync(query, isOneMoment: false, cancellationToken);

    /// <summary>Runs queries that all see the database as it is at one moment.</summary>
    /// <exception cref="StoreUnavailableException">The database can't be read.</exception>
    public ValueTask<T> ReadAtOneMomentAsync<T>(Func<PostgresSession, ValueTask<T>> query, CancellationToken cancellationToken) =>
        RunAsync(query, isOneMoment: true, cancellationToken);

    private async ValueTask<T> RunAsync<T>(
        Func<PostgresSession, ValueTask<T>> query, bool isOneMoment, CancellationToken cancellationToken)
    {
        for (var isRepeated = false; ; isRepeated = true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await using var connection = await pool.OpenConnectionAsync(cancellationToken);
                if (!isOneMoment)
                    return await query(new PostgresSession(connection));
                await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, CancellationToken.None);
                var result = await query(new PostgresSession(connection));
                await transaction.CommitAsync(CancellationToken.None);
                return result;
            }
            catch (Exception exception) when (!isRepeated && IsWorthRepeating(exception))
            {
                // All connections of the pool may be as dead as this one.
                pool.Clear();
            }
            catch (Exception exception) when (PostgresErrors.Translate(exception) is var failure && failure != exception)
            {
                throw failure;
            }
        }
    }

    private static bool IsWorthRepeating(Exception exception) =>
        PostgresErrors.IsLostConnection(exception)
        && exception is not TimeoutException and not ObjectDisposedException and not NpgsqlException { InnerException: TimeoutException };
}
