using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.RunLog;

/// <summary>
/// Reads a log from a given number on: first the lines that are only in the store, then those in memory, then new ones as they
/// come. Waiting allocates nothing. Not thread-safe, except for <see cref="Stop"/> and <see cref="Wake"/>.
/// </summary>
internal sealed class LogReader : IValueTaskSource<LogWake>, IDisposable
{
    private readonly OpenLog? _log;
    private readonly StoredLines? _stored;
    private readonly ITimer? _heartbeat;

    // Set when a heartbeat is due while no read is waiting. The next wait then returns it at once, not a whole interval later.
    private bool _isHeartbeatDue;
    private ManualResetValueTaskSourceCore<LogWake> _wait;
    private int _armed;
    private bool _waitsOnLog;
    private volatile bool _isStopped;

    /// <param name="log">The log while it is being written; null when it is only in the store.</param>
    /// <param name="store">The store; null for a log that exists only in memory.</param>
    /// <param name="logId">The log's id.</param>
    /// <param name="after">The number of the last line that the caller already has.</param>
    /// <param name="clock">The clock of the heartbeat.</param>
    /// <param name="heartbeat">
    /// The time without lines after which a read returns <see cref="LogRead.Heartbeat"/>; null for no heartbeat.
    /// </param>
    public LogReader(OpenLog? log, IStore? store, string logId, long after, TimeProvider clock, TimeSpan? heartbeat = null)
    {
        _log = log;
        _stored = store is null ? null : new StoredLines(store, logId);
        Position = after;
        if (heartbeat is { } period)
            _heartbeat = clock.CreateTimer(static state => ((LogReader)state!).Wake(LogWake.Heartbeat), this, period, period);
    }

    /// <summary>The number of the last line that was read.</summary>
    public long Position { get; private set; }

    /// <summary>The lines of the last read.</summary>
    public LogBatch Current { get; private set; }

    /// <summary>Waits for the next lines.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<LogRead> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_isStopped)
                return LogRead.Stopped;
            if (TryTakeStored())
                return LogRead.Lines;

            var state = _log is null ? LogState.InStore : _log.Read(Position, this, out var batch) is var found && found == LogState.Lines
                ? Take(batch)
                : found;
            switch (state)
            {
                case LogState.Lines:
                    return LogRead.Lines;
                case LogState.Ended:
                    return LogRead.End;
                case LogState.Faulted:
                    return LogRead.Fault;
                case LogState.InStore:
                    if (_stored is null || !await _stored.ReadAsync(Position, cancellationToken))
                        return LogRead.End;
                    break;
                default:
                    if (Interlocked.Exchange(ref _isHeartbeatDue, false))
                    {
                        Disarm();
                        return LogRead.Heartbeat;
                    }

                    if (await WaitAsync(cancellationToken) == LogWake.Heartbeat)
                        return LogRead.Heartbeat;
                    break;
            }
        }
    }

    /// <summary>Reads lines that are available at once; returns false where <see cref="ReadAsync"/> would wait or end.</summary>
    public bool TryRead()
    {
        if (_isStopped)
            return false;
        if (TryTakeStored())
            return true;
        if (_log is null)
            return false;
        switch (_log.Read(Position, this, out var batch))
        {
            case LogState.Lines:
                Take(batch);
                return true;
            case LogState.Waiting:
                Disarm();
                return false;
            default:
                return false;
        }
    }

    /// <summary>
    /// Makes the waiting read, or the next one, return <see cref="LogRead.Stopped"/>. For many readers at once this is much cheaper
    /// than cancellation, which throws in each of them.
    /// </summary>
    public void Stop()
    {
        _isStopped = true;
        Wake(LogWake.Stopped);
    }

    /// <summary>Prepares the reader for being woken. The log calls it under its lock when it registers the reader.</summary>
    public void Arm()
    {
        _waitsOnLog = true;
        _wait.Reset();
        Volatile.Write(ref _armed, 1);
    }

    /// <summary>Ends the wait, if the reader is waiting and nothing else has ended its wait.</summary>
    /// <param name="reason">The reason, which the wait returns.</param>
    /// <param name="inline">Whether the reader continues on this thread until it waits again, rather than on the thread pool.</param>
    public void Wake(LogWake reason, bool inline = false)
    {
        if (Interlocked.Exchange(ref _armed, 0) != 1)
        {
            if (reason == LogWake.Heartbeat)
                Volatile.Write(ref _isHeartbeatDue, true);
            return;
        }

        _wait.RunContinuationsAsynchronously = !inline;
        _wait.SetResult(reason);
    }

    public void Dispose()
    {
        _heartbeat?.Dispose();
        if (_waitsOnLog)
            _log?.StopWaiting(this);
    }

    LogWake IValueTaskSource<LogWake>.GetResult(short token) => _wait.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<LogWake>.GetStatus(short token) => _wait.GetStatus(token);

    void IValueTaskSource<LogWake>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wait.OnCompleted(continuation, state, token, flags);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<LogWake> WaitAsync(CancellationToken cancellationToken)
    {
        LogWake reason;
        // A Stop before the reader was armed could not wake it.
        Interlocked.MemoryBarrier();
        if (_isStopped)
            Wake(LogWake.Stopped);
        await using (cancellationToken.UnsafeRegister(static state => ((LogReader)state!).Wake(LogWake.Cancelled), this))
            reason = await new ValueTask<LogWake>(this, _wait.Version);
        if (reason != LogWake.Changed)
            _log!.StopWaiting(this);
        _waitsOnLog = false;
        cancellationToken.ThrowIfCancellationRequested();
        return reason;
    }

    /// <summary>Gives up a wait that was not begun. When a wake has already claimed it, it lets the wake finish, so that the wake can't end the next wait.</summary>
    private void Disarm()
    {
        if (Interlocked.Exchange(ref _armed, 0) == 0)
        {
            var spin = new SpinWait();
            while (_wait.GetStatus(_wait.Version) == ValueTaskSourceStatus.Pending)
                spin.SpinOnce();
        }
        _log!.StopWaiting(this);
        _waitsOnLog = false;
    }

    private LogState Take(LogBatch batch)
    {
        Current = batch;
        Position = batch.Last;
        Volatile.Write(ref _isHeartbeatDue, false);
        return LogState.Lines;
    }

    private bool TryTakeStored()
    {
        while (_stored is not null && _stored.TryTake(Position, out var lines))
        {
            if (lines.Lines.Length > 0)
            {
                Take(lines);
                return true;
            }

            Position = lines.Last;
        }

        return false;
    }
}
