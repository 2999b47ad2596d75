using ChatBotKit.Server.Data;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.DueWork;

/// <summary>Deletes, every minute, what is kept only for a time.</summary>
internal sealed class RetentionWork(IStoreMaintenance store, LogDirectory logs, TimeProvider time)
    : RecurringWork("retention", TimeSpan.FromMinutes(1))
{
    // Not shorter than the idempotency keys below: the answer that such a key stands for may be the log of a run.
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
        // A channel may be used again, and must not give a number twice: what is left of it is one row without lines.
        _lastSweptRow = await store.DeleteLogBatchesWithoutRunAsync(
            _lastSweptRow, (now - ChannelLogs).ToUnixTimeMilliseconds(), static _ => true, cancellationToken);
        // What the sweep of channels passed by as a run's, what was left when the run went with its conversation, and the numbers of
        // channels that nobody has used for a day and nobody holds: so there are never more than were used in a day or are open.
        await store.DeleteLogBatchesWithoutRunAsync(
            0, (now - EndedRuns - ChannelLogs).ToUnixTimeMilliseconds(), logs.IsOpen, cancellationToken);
    }
}
