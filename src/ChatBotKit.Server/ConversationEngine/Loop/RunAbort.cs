namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Aborts a run, with the reason for its <c>abort</c> event.</summary>
internal sealed class RunAbort : IDisposable
{
    public const string Requested = "request";
    public const string TimedOut = "timeout";
    public const string Shutdown = "shutdown";

    /// <summary>The process ended during the run; the run is ended at the next start.</summary>
    public const string Restart = "restart";

    /// <summary>The store failed during the run; the run is ended when the store works again.</summary>
    public const string Storage = "storage";

    private readonly CancellationTokenSource _source = new();
    private readonly ITimer _limit;
    private string? _reason;

    /// <param name="clock">The clock of the limit.</param>
    /// <param name="limit">How long the run may take.</param>
    public RunAbort(TimeProvider clock, TimeSpan limit) =>
        _limit = clock.CreateTimer(static state => ((RunAbort)state!).Request(TimedOut), this, limit, Timeout.InfiniteTimeSpan);

    public CancellationToken Token => _source.Token;

    public string Reason => Volatile.Read(ref _reason) ?? Requested;

    /// <summary>Aborts the run. The first reason counts.</summary>
    public void Request(string reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
            _ = CancelAsync();
    }

    /// <summary>Stops the timer. The token source is not disposed, because the timer may fire at this moment.</summary>
    public void Dispose() => _limit.Dispose();

    private async Task CancelAsync()
    {
        // Cancellation runs callbacks, and the caller may hold a lock, so it happens after a yield.
        await Task.Yield();
        _source.Cancel();
    }
}
