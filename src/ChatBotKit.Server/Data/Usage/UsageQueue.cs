using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>
/// The usage of what stores nothing itself, such as stateless runs. It is stored in the background, within about a second, so that no answer waits for
/// the disk; the last records are lost when the process is killed. Records that the store refuses are tried again.
/// </summary>
internal sealed class UsageQueue(IStore store, ILogger<UsageQueue> logger) : IAsyncDisposable
{
    /// <summary>How many records can wait. Further ones are dropped, which takes a store that fails for a long time.</summary>
    public const int Capacity = 10_000;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _flushing = new(1);
    private List<UsageRow> _waiting = [];
    private long _dropped;
    private bool _isClosed;

    /// <summary>Adds a record. One without tokens and messages counts nothing, and is left out.</summary>
    public void Add(UsageRow usage)
    {
        if (usage is { InputTokens: 0, OutputTokens: 0, Messages: 0 })
            return;
        lock (_gate)
        {
            if (_waiting.Count < Capacity)
                _waiting.Add(usage);
            else
                Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>Stores the waiting records.</summary>
    /// <exception cref="StoreUnavailableException">The store fails. The records go on waiting.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _flushing.WaitAsync(cancellationToken);
        try
        {
            List<UsageRow> usages;
            lock (_gate)
                (usages, _waiting) = (_waiting, []);
            if (usages.Count > 0)
                await StoreAsync(usages);
        }
        finally
        {
            _flushing.Release();
        }
    }

    /// <summary>Stores the waiting records. Those that are added later are lost.</summary>
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
            logger.LogWarning(exception, "The usage of the last stateless runs was lost.");
        }

        _flushing.Dispose();
    }

    private async Task StoreAsync(List<UsageRow> usages)
    {
        try
        {
            await store.CommitAsync(new WriteSet { Usages = usages });
        }
        catch
        {
            lock (_gate)
                _waiting.InsertRange(0, usages);
            throw;
        }

        if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
            logger.LogWarning("The usage of {Count} stateless runs was lost, because the store was not available.", dropped);
    }
}
