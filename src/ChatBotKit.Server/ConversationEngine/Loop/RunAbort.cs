namespace ChatBotKit.Server.ConversationEngine;

/// <summary>The way to end a run before its time, with the reason that its <c>abort</c> event gives.</summary>
internal sealed class RunAbort : IDisposable
{
    public const string Requested = "request";
    public const string TimedOut = "timeout";
    public const string Shutdown = "shutdown";

    /// <summary>The run was cut by the end of the process and is closed at the next start.</summary>
    public const string Restart = "restart";

    /// <summary>The run was cut because the store failed, and is closed when that is over.</summary>
    public const string Storage = "storage";

    private readonly CancellationTokenSource _source = new();
    private readonly ITimer _limit;
    private string? _reason;

    /// <param name="clock">Measures the limit.</param>
    /// <param name="limit">How long the run may take.</param>
    public RunAbort(TimeProvider clock, TimeSpan limit) =>
        _limit = clock.CreateTimer(static state => ((RunAbort)state!).Request(TimedOut), this, limit, Timeout.InfiniteTimeSpan);

    public CancellationToken Token => _source.Token;

    public string Reason => Volatile.Read(ref _reason) ?? Requested;

    /// <summary>Ends the run; the first reason counts.</summary>
    public void Request(string reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
            _ = CancelAsync();
    }

    /// <summary>Stops the clock. The source stays usable: the limit may fire at this very moment.</summary>
    public void Dispose() => _limit.Dispose();

    private async Task CancelAsync()
    {
        // What ends with the run does so later: whoever asks may hold a lock.
        await Task.Yield();
        _source.Cancel();
    }
}
