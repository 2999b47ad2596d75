using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.DueWork;

/// <summary>Renews the lease of an item while its handler works, and cancels the work when the lease is lost.</summary>
internal sealed class DueWorkLease : IAsyncDisposable
{
    private readonly IStore _store;
    private readonly DueWorkRow _taken;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _work;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _renewing;

    public DueWorkLease(IStore store, DueWorkRow taken, TimeProvider time, CancellationToken stoppingToken)
    {
        (_store, _taken, _time) = (store, taken, time);
        _work = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        _renewing = RenewAsync();
    }

    /// <summary>The token that cancels the work.</summary>
    public CancellationToken Token => _work.Token;

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _renewing;
        _over.Dispose();
        _work.Dispose();
    }

    private async Task RenewAsync()
    {
        var kept = _time.GetTimestamp();
        try
        {
            while (true)
            {
                await Task.Delay(DueWorkTimes.Lease / 3, _time, _over.Token);
                if (await TryRenewAsync() is not { } isHeld)
                {
                    // The store failed. The lease counts as held until it expires. It must not count as held for longer, because the store
                    // may recover for another worker first.
                    isHeld = _time.GetElapsedTime(kept) < DueWorkTimes.Lease;
                }
                else
                {
                    kept = _time.GetTimestamp();
                }

                if (isHeld)
                    continue;
                await _work.CancelAsync();
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // The work ended.
        }
    }

    /// <summary>Renews the lease.</summary>
    /// <returns>Whether the lease is still held; null when the store failed.</returns>
    private async Task<bool?> TryRenewAsync()
    {
        try
        {
            var until = (_time.GetUtcNow() + DueWorkTimes.Lease).ToUnixTimeMilliseconds();
            return await _store.ChangeAsync(db => db.RenewDueWorkAsync(_taken, until), _over.Token);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return null;
        }
    }
}
