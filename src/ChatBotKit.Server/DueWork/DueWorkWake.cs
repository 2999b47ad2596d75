using System.Threading.Channels;

namespace ChatBotKit.Server.DueWork;

/// <summary>A sleep that ends at a given time or when <see cref="Set"/> is called. An earlier call ends it at once.</summary>
internal sealed class DueWorkWake : IDisposable
{
    /// <summary>The maximum length of a sleep. The limit makes the loop notice a clock that was set.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    public DueWorkWake(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(static wake => ((DueWorkWake)wake!).Set(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Set() => _calls.Writer.TryWrite(true);

    /// <param name="until">The time at which the sleep ends, in Unix milliseconds.</param>
    /// <param name="cancellationToken">The token that cancels the sleep.</param>
    public async ValueTask WaitAsync(long until, CancellationToken cancellationToken)
    {
        var length = Math.Clamp(until - Now(), 1, (long)Longest.TotalMilliseconds);
        _timer.Change(TimeSpan.FromMilliseconds(length), Timeout.InfiniteTimeSpan);
        // The time may have passed before the timer was set.
        if (until <= Now())
            Set();
        await _calls.Reader.ReadAsync(cancellationToken);
    }

    public void Dispose() => _timer.Dispose();

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
