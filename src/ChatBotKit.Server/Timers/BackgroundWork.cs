namespace ChatBotKit.Server.Timers;

/// <summary>
/// Work that goes on until the server stops. A start is complete when the work has begun: the host reports work that is canceled before it
/// could begin as a failure, for example when a server is disposed right after its start.
/// </summary>
internal abstract class BackgroundWork : BackgroundService
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public sealed override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        await _begun.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Does the work.</summary>
    /// <param name="stoppingToken">The token that is canceled when the server stops.</param>
    protected abstract Task RunAsync(CancellationToken stoppingToken);

    protected sealed override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _begun.SetResult();
        return RunAsync(stoppingToken);
    }
}
