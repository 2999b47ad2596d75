using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Faults.Simulation;

/// <summary>
/// The clock of one process: the time of the world, and timers that fire as steps of that process, until the process has ended.
/// </summary>
internal sealed class ProcessClock(FakeTimeProvider time, StepScheduler scheduler) : TimeProvider
{
    private readonly HashSet<ProcessTimer> _timers = [];

    public override long TimestampFrequency => time.TimestampFrequency;

    /// <summary>The number of timers that are not disposed.</summary>
    public int Timers => _timers.Count;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ProcessTimer(this, () => callback(state));
        _timers.Add(timer);
        timer.Start(dueTime, period);
        return timer;
    }

    public void Stop()
    {
        foreach (var timer in _timers)
            timer.Cancel();
        _timers.Clear();
    }

    private sealed class ProcessTimer(ProcessClock clock, Action callback) : ITimer
    {
        private ITimer? _inner;
        private bool _isQueued;

        public void Start(TimeSpan dueTime, TimeSpan period) =>
            _inner = clock.Inner(static state => ((ProcessTimer)state!).Fire(), this, dueTime, period);

        public bool Change(TimeSpan dueTime, TimeSpan period) => _inner!.Change(dueTime, period);

        public void Cancel() => _inner?.Dispose();

        public void Dispose()
        {
            Cancel();
            clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        /// <summary>A jump of the clock may fire a timer many times at once; once is enough.</summary>
        private void Fire()
        {
            if (_isQueued)
                return;
            _isQueued = true;
            clock.Post(() =>
            {
                _isQueued = false;
                callback();
            });
        }
    }

    private ITimer Inner(TimerCallback callback, object state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);

    private void Post(Action work) => scheduler.Post(work);
}
