namespace ChatBotKit.Server.Timers;

/// <summary>
/// Does work at an interval in each process until the server stops. The work concerns the memory or the files of the process. A failure
/// is logged and the work is done again after the interval, because a disk that is full for a while must not stop the server.
/// </summary>
/// <remarks>
/// The timer is started again before the work and not by itself, so a clock that jumps ahead causes one round of work and not one for each
/// interval that it has skipped. Whatever was there before the jump is seen by that round.
/// </remarks>
internal abstract class PeriodicService : BackgroundWork
{
    private readonly TimeSpan _interval;
    private readonly SemaphoreSlim _due = new(0);
    private readonly ITimer _timer;

    protected PeriodicService(TimeSpan interval, TimeProvider time, ILogger logger)
    {
        (_interval, Time, Logger) = (interval, time, logger);
        _timer = time.CreateTimer(static service => ((PeriodicService)service!)._due.Release(), this, interval, Timeout.InfiniteTimeSpan);
    }

    protected TimeProvider Time { get; }

    protected ILogger Logger { get; }

    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }

    protected abstract Task WorkAsync(CancellationToken stoppingToken);

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await _due.WaitAsync(stoppingToken);
                _timer.Change(_interval, Timeout.InfiniteTimeSpan);
                await TryWorkAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops. The host would report a failure if the server was disposed without being stopped.
        }
    }

    private async Task TryWorkAsync(CancellationToken stoppingToken)
    {
        try
        {
            await WorkAsync(stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            Logger.LogWarning(exception, "{Service} failed; the next try is in {Interval}.", GetType().Name, _interval);
        }
    }
}
