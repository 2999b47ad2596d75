using ChatBotKit.Server.Data;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.BackgroundWork;

/// <summary>Deletes, every minute, what is kept only for a time.</summary>
internal sealed class RetentionService(
    IStoreMaintenance store, SessionStreams streams, TimeProvider time, ILogger<RetentionService> logger)
    : PeriodicService(TimeSpan.FromMinutes(1), time, logger)
{
    // Not shorter than the idempotency keys below: the answer that such a key stands for may be the log of a run.
    private static readonly TimeSpan EndedRuns = TimeSpan.FromHours(24);
    private static readonly TimeSpan IdempotencyKeys = TimeSpan.FromHours(24);
    private static readonly TimeSpan ChannelLogs = TimeSpan.FromHours(1);

    private long _lastSweptRow;

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        var now = Time.GetUtcNow();
        if (await store.DeleteExpiredConversationsAsync(now.ToUnixTimeMilliseconds(), stoppingToken) > 0)
            await streams.CheckAllAsync(stoppingToken);
        await store.DeleteEndedRunsAsync((now - EndedRuns).ToUnixTimeMilliseconds(), stoppingToken);
        await SweepLogsAsync(now, stoppingToken);
        await store.DeleteIdempotencyKeysAsync((now - IdempotencyKeys).ToUnixTimeMilliseconds(), stoppingToken);
    }

    private async Task SweepLogsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        _lastSweptRow = await store.DeleteLogBatchesWithoutRunAsync(
            _lastSweptRow, (now - ChannelLogs).ToUnixTimeMilliseconds(), cancellationToken);
        // What the sweep of channels passed by as a run's, and what was left when the run went with its conversation.
        await store.DeleteLogBatchesWithoutRunAsync(0, (now - EndedRuns - ChannelLogs).ToUnixTimeMilliseconds(), cancellationToken);
    }
}
