using Npgsql;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>The connection was lost during a commit, and the database did not answer in time whether the transaction was committed.</summary>
internal sealed class UnknownCommitException(Exception inner) : NpgsqlException("The connection was lost, and it is unknown whether the transaction was committed.", inner);

/// <summary>Determines whether a transaction was committed whose connection was lost during the commit.</summary>
internal sealed class PostgresOutcome(NpgsqlDataSource source)
{
    private const string Status = "SELECT pg_xact_status(CAST($1 AS xid8))";

    // The server may not have noticed yet that the connection was lost. Without this, the transaction would stay open.
    private const string End = """
        SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity
        WHERE pid = $1 AND usename = current_user AND application_name = current_setting('application_name') AND pid <> pg_backend_pid()
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <param name="id">The id of the transaction.</param>
    /// <param name="process">The process of the server that ran the transaction.</param>
    /// <param name="cause">The failure of the connection.</param>
    /// <exception cref="UnknownCommitException">The database does not answer in time, or the transaction does not end in time.</exception>
    public Task<bool> IsCommittedAsync(string id, int process, Exception cause) => AskAsync(
        async connection =>
        {
            await connection.RunAsync(End, process);
            try
            {
                return await connection.ScalarAsync(Status, id) switch { "committed" => true, "aborted" => false, _ => null };
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidParameterValue)
            {
                // The id is in the future. The server was a standby that had not received the transaction when it became the primary.
                return false;
            }
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
