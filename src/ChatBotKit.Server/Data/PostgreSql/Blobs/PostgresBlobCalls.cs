using Npgsql;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>
/// Runs the statements of blobs, a few at a time, so that files do not take all connections. A statement whose connection is lost is
/// repeated for some seconds, so that a transfer goes on after a restart of the database. So it must have the same effect when it is run
/// twice.
/// </summary>
internal sealed class PostgresBlobCalls(NpgsqlDataSource source) : IDisposable
{
    private const int AtOnce = 4;

    private static readonly TimeSpan RepeatLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _free = new(AtOnce);

    /// <param name="call">The statement. Its second argument is whether it is repeated.</param>
    /// <param name="cancellationToken">The token that cancels the call before it begins.</param>
    /// <exception cref="StoreUnavailableException">The database can't be used.</exception>
    public async Task<T> RunAsync<T>(Func<NpgsqlConnection, bool, Task<T>> call, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        for (var isRepeated = false; ; isRepeated = true)
        {
            try
            {
                return await AttemptAsync(call, isRepeated, cancellationToken);
            }
            catch (Exception exception) when (IsWorthRepeating(exception) && TimeProvider.System.GetElapsedTime(began) < RepeatLimit)
            {
                source.Clear();
            }
            catch (Exception exception) when (PostgresErrors.Translate(exception) is var failure && failure != exception)
            {
                throw failure;
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    public void Dispose() => _free.Dispose();

    private async Task<T> AttemptAsync<T>(Func<NpgsqlConnection, bool, Task<T>> call, bool isRepeated, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            return await call(connection, isRepeated);
        }
        finally
        {
            _free.Release();
        }
    }

    private static bool IsWorthRepeating(Exception exception) =>
        PostgresErrors.IsLostConnection(exception)
        && exception is not TimeoutException and not ObjectDisposedException and not NpgsqlException { InnerException: TimeoutException };
}
