namespace ChatBotKit.Server.Timers;

/// <summary>
/// Does work at an interval in each process until the server stops. The work concerns the memory or the files of the process. A failure
/// is logged and the work is done again after the interval, because a disk that is full for a while must not stop the server.
/// </summary>
internal abstract class PeriodicService(TimeSpan interval, TimeProvider time, ILogger logger) : BackgroundService
{
    private readonly PeriodicTimer _timer = new(interval, time);

    protected TimeProvider Time { get; } = time;

    protected ILogger Logger { get; } = logger;

    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }

    protected abstract Task WorkAsync(CancellationToken stoppingToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _timer.WaitForNextTickAsync(stoppingToken))
                await TryWorkAsync(stoppingToken);
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
            Logger.LogWarning(exception, "{Service} failed; the next try is in {Interval}.", GetType().Name, _timer.Period);
        }
    }
}
