using Npgsql;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>The connection was lost during a commit, and the database did not answer in time whether the transaction was committed.</summary>
internal sealed class UnknownCommitException(Exception inner) : NpgsqlException("The connection was lost, and it is unknown whether the transaction was committed.", inner);

/// <summary>Determines whether a transaction was committed whose connection was lost during the commit.</summary>
internal sealed class PostgresOutcome(NpgsqlDataSource source)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <param name="id">The id of the transaction.</param>
    /// <param name="cause">The failure of the connection.</param>
    /// <exception cref="UnknownCommitException">The database does not answer in time, or the transaction does not end in time.</exception>
    public Task<bool> IsCommittedAsync(string id, Exception cause) => AskAsync(
        async connection => await connection.ScalarAsync("SELECT pg_xact_status(CAST($1 AS xid8))", id) switch
        {
            "committed" => true,
            "aborted" => false,
            _ => null,
        },
        cause);

    /// <summary>Repeats a query until it has a result.</summary>
    /// <param name="ask">The query. It returns null while the transaction is still active.</param>
    /// <param name="cause">The failure of the connection.</param>
    /// <exception cref="UnknownCommitException">There is no result in time.</exception>
    public async Task<bool> AskAsync(Func<NpgsqlConnection, Task<bool?>> ask, Exception cause)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < Limit)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync();
                if (await ask(connection) is { } answer)
                    return answer;
            }
            catch (Exception exception) when (PostgresErrors.IsUnavailable(exception) || PostgresErrors.IsCollision(exception))
            {
                // All pooled connections may be broken, and a restarting server needs some time.
                source.Clear();
            }

            await Task.Delay(Pause, TimeProvider.System);
        }

        throw new UnknownCommitException(cause);
    }
}
