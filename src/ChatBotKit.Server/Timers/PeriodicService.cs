namespace ChatBotKit.Server.Timers;

/// <summary>
/// Does something at an interval, in each process for itself, until the server stops: what it is about is in the memory or in the
/// files of the process. Work that fails is said in the log and done again the next time: a disk that is full for a while must not
/// stop the server.
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
        while (await _timer.WaitForNextTickAsync(stoppingToken))
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
}
