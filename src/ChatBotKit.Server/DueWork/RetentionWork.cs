using ChatBotKit.Server.Data;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.DueWork;

/// <summary>Deletes expired data every minute.</summary>
internal sealed class RetentionWork(IStoreMaintenance store, LogDirectory logs, TimeProvider time)
    : RecurringWork("retention", TimeSpan.FromMinutes(1))
{
    // Ended runs are kept at least as long as idempotency keys, because the stored answer to a key may be the log of a run.
    private static readonly TimeSpan EndedRuns = TimeSpan.FromHours(24);
    private static readonly TimeSpan IdempotencyKeys = TimeSpan.FromHours(24);
    private static readonly TimeSpan ChannelLogs = TimeSpan.FromHours(1);

    private long _lastSweptRow;

    protected override async Task WorkAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await store.DeleteExpiredConversationsAsync(now.ToUnixTimeMilliseconds(), cancellationToken);
        await store.DeleteEndedRunsAsync((now - EndedRuns).ToUnixTimeMilliseconds(), cancellationToken);
        await SweepLogsAsync(now, cancellationToken);
        await store.DeleteIdempotencyKeysAsync((now - IdempotencyKeys).ToUnixTimeMilliseconds(), cancellationToken);
    }

    private async Task SweepLogsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A channel may be used again and must not use a number twice, so its last batch is kept without lines.
        _lastSweptRow = await store.DeleteLogBatchesWithoutRunAsync(
            _lastSweptRow, (now - ChannelLogs).ToUnixTimeMilliseconds(), static _ => true, cancellationToken);
        // The second sweep deletes batches that the first one skipped because they belonged to a run at that time, and batches of runs
        // that were deleted with their conversation. It also deletes the numbers of channels that were not used for a day and are not
        // open. So the kept numbers are limited to the channels of one day and the open ones.
        await store.DeleteLogBatchesWithoutRunAsync(
            0, (now - EndedRuns - ChannelLogs).ToUnixTimeMilliseconds(), logs.IsOpen, cancellationToken);
    }
}
