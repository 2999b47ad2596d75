using Npgsql;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>It can't be told in time whether a transaction was stored.</summary>
internal sealed class UnknownCommitException(Exception inner) : NpgsqlException("The connection was lost, and it is not known whether the transaction was stored.", inner);

/// <summary>Finds out what became of a transaction whose connection was lost while it was committed.</summary>
internal sealed class PostgresOutcome(NpgsqlDataSource source)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <param name="id">The number of the transaction.</param>
    /// <param name="cause">What was lost.</param>
    /// <exception cref="UnknownCommitException">The database does not answer in time, or the transaction does not end.</exception>
    public Task<bool> IsCommittedAsync(string id, Exception cause) => AskAsync(
        async connection => await connection.ScalarAsync("SELECT pg_xact_status(CAST($1 AS xid8))", id) switch
        {
            "committed" => true,
            "aborted" => false,
            _ => null,
        },
        cause);

    /// <summary>Asks until there is an answer.</summary>
    /// <param name="ask">Gives null as long as it is not decided.</param>
    /// <param name="cause">What was lost.</param>
    /// <exception cref="UnknownCommitException">There is none in time.</exception>
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
                // Of a pool the next connection may be a living one; a server that starts again takes its time.
                source.Clear();
            }

            await Task.Delay(Pause, TimeProvider.System);
        }

        throw new UnknownCommitException(cause);
    }
}
