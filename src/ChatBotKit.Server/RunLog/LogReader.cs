using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.RunLog;

/// <summary>
/// Reads a log from some number on: first what has left the memory from the store, then what is in memory, then what
/// comes. Waiting allocates nothing. For one caller at a time.
/// </summary>
internal sealed class LogReader : IValueTaskSource<LogWake>, IDisposable
{
    private readonly AppendLog? _log;
    private readonly StoredLines? _stored;
    private readonly ITimer? _heartbeat;

    // Set when the time for a heartbeat came while nobody waited: the next wait gives it, rather than the one of the next period.
    private bool _isHeartbeatDue;
    private ManualResetValueTaskSourceCore<LogWake> _wait;
    private int _armed;
    private bool _waitsOnLog;
    private volatile bool _isStopped;

    /// <param name="log">The log while it is being written; null when only the store has it.</param>
    /// <param name="store">The store; null for a log that lives in memory alone.</param>
    /// <param name="logId">The log's id.</param>
    /// <param name="after">The number of the last line that the reader has already.</param>
    /// <param name="clock">For the heartbeat.</param>
    /// <param name="heartbeat">After how long without lines a read gives <see cref="LogRead.Heartbeat"/>; null for never.</param>
    public LogReader(AppendLog? log, IStore? store, string logId, long after, TimeProvider clock, TimeSpan? heartbeat = null)
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

    /// <summary>Like <see cref="ReadAsync"/>, but gives false instead of waiting when no line is at hand.</summary>
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
    /// Lets the next read, or the one that waits, give <see cref="LogRead.Stopped"/>. For many readers at once this is much
    /// cheaper than a cancellation, which throws in each.
    /// </summary>
    public void Stop()
    {
        _isStopped = true;
        Wake(LogWake.Stopped);
    }

    /// <summary>Called by the log, under its lock, when it puts the reader on its list.</summary>
    public void Arm()
    {
        _waitsOnLog = true;
        _wait.Reset();
        Volatile.Write(ref _armed, 1);
    }

    /// <summary>Ends the wait, if there is one and nobody else ended it.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="inline">Whether the reader goes on in this thread until it waits again; else in one of the pool's.</param>
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
        // Who stopped the reader before it was armed could not wake it.
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

    private void Disarm()
    {
        Interlocked.Exchange(ref _armed, 0);
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
