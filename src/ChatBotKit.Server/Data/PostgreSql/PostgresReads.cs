using System.Data;
using Npgsql;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>
/// Runs queries on pooled connections. A query whose connection is lost is run once more, because the connection may have broken while
/// it was idle in the pool.
/// </summary>
internal sealed class PostgresReads(NpgsqlDataSource pool)
{
    /// <summary>Runs one query.</summary>
    /// <exception cref="StoreUnavailableException">The database can't be read.</exception>
    public ValueTask<T> ReadAsync<T>(Func<PostgresSession, ValueTask<T>> query, CancellationToken cancellationToken) =>
        RunAsync(query, isConsistent: false, cancellationToken);

    /// <summary>Runs queries in one transaction, so that they all see the same state of the database.</summary>
    /// <exception cref="StoreUnavailableException">The database can't be read.</exception>
    public ValueTask<T> ReadConsistentlyAsync<T>(Func<PostgresSession, ValueTask<T>> query, CancellationToken cancellationToken) =>
        RunAsync(query, isConsistent: true, cancellationToken);

    private async ValueTask<T> RunAsync<T>(
        Func<PostgresSession, ValueTask<T>> query, bool isConsistent, CancellationToken cancellationToken)
    {
        for (var isRepeated = false; ; isRepeated = true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await using var connection = await pool.OpenConnectionAsync(cancellationToken);
                if (!isConsistent)
                    return await query(new PostgresSession(connection));
                await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, CancellationToken.None);
                var result = await query(new PostgresSession(connection));
                await transaction.CommitAsync(CancellationToken.None);
                return result;
            }
            catch (Exception exception) when (!isRepeated && IsWorthRepeating(exception))
            {
                // The other connections of the pool may be broken too.
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
