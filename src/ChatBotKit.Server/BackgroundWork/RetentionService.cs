using ChatBotKit.Server.Data;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.BackgroundWork;

/// <summary>Deletes, every minute, what is kept only for a time.</summary>
internal sealed class RetentionService(
    IStoreMaintenance store, SessionStreams streams, TimeProvider time, ILogger<RetentionService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // Not shorter than the idempotency keys below: the answer that such a key stands for may be the log of a run.
    private static readonly TimeSpan EndedRuns = TimeSpan.FromHours(24);
    private static readonly TimeSpan IdempotencyKeys = TimeSpan.FromHours(24);
    private static readonly TimeSpan ChannelLogs = TimeSpan.FromHours(1);

    private readonly PeriodicTimer _timer = new(Interval, time);
    private long _channelLogsSweptTo;

    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (StoreUnavailableException exception)
            {
                logger.LogWarning(exception, "Old rows could not be deleted; the next try is in a minute.");
            }
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await store.DeleteExpiredConversationsAsync(now.ToUnixTimeMilliseconds(), cancellationToken) > 0)
            await streams.CheckAllAsync(cancellationToken);
        await store.DeleteEndedRunsAsync((now - EndedRuns).ToUnixTimeMilliseconds(), cancellationToken);
        await SweepLogsAsync(now, cancellationToken);
        await store.DeleteIdempotencyKeysAsync((now - IdempotencyKeys).ToUnixTimeMilliseconds(), cancellationToken);
    }

    private async Task SweepLogsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var channelsUpTo = (now - ChannelLogs).ToUnixTimeMilliseconds();
        await store.DeleteLogBatchesWithoutRunAsync(_channelLogsSweptTo, channelsUpTo, cancellationToken);
        _channelLogsSweptTo = channelsUpTo;
        // What the sweep of channels passed by as a run's, and what was left when the run went with its conversation.
        await store.DeleteLogBatchesWithoutRunAsync(0, (now - EndedRuns - ChannelLogs).ToUnixTimeMilliseconds(), cancellationToken);
    }
}
