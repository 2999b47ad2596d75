using ChatBotKit.Server.Timers;

namespace ChatBotKit.Server.Data;

/// <summary>
/// Entries that are stored in the background, within about a second, so that no answer waits for the disk. The last ones are lost when the
/// process is killed.
/// </summary>
/// <param name="lost">The warning when the last entries can't be stored.</param>
/// <param name="logger">The logger.</param>
internal abstract class StoredLater(string lost, ILogger logger) : IAsyncDisposable
{
    private readonly SemaphoreSlim _flushing = new(1);
    private bool _isClosed;

    /// <summary>Stores the waiting entries.</summary>
    /// <exception cref="StoreUnavailableException">The store fails.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _flushing.WaitAsync(cancellationToken);
        try
        {
            await StoreAsync();
        }
        finally
        {
            _flushing.Release();
        }
    }

    /// <summary>Stores the waiting entries. Those that are added later are lost.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, true))
            return;
        try
        {
            await FlushAsync(CancellationToken.None);
        }
        catch (StoreUnavailableException exception)
        {
            logger.LogWarning(exception, "{Lost}", lost);
        }

        _flushing.Dispose();
    }

    /// <summary>Takes the waiting entries and stores them. One call is made at a time.</summary>
    protected abstract Task StoreAsync();
}

/// <summary>Stores, every second, the entries that wait. The rest is stored when the server stops.</summary>
internal sealed class StoredLaterService<T>(T entries, TimeProvider time, ILogger<StoredLaterService<T>> logger)
    : PeriodicService(TimeSpan.FromSeconds(1), time, logger)
    where T : StoredLater
{
    protected override Task WorkAsync(CancellationToken stoppingToken) => entries.FlushAsync(stoppingToken);
}
