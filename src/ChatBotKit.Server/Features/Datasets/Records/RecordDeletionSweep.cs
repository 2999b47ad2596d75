using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;

namespace ChatBotKit.Server.Features.Datasets.Records;

/// <summary>
/// Forgets once an hour the deletions of records that are older than a day. A search index that lacks a forgotten deletion is created
/// again.
/// </summary>
internal sealed class RecordDeletionSweep(IStore store, TimeProvider time) : RecurringWork("record-deletions", TimeSpan.FromHours(1))
{
    private const int BatchSize = 500;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var before = (time.GetUtcNow() - Kept).ToUnixTimeMilliseconds();
        while (await store.ChangeAsync(db => db.ForgetRecordDeletionsAsync(before, BatchSize), cancellationToken) == BatchSize)
            cancellationToken.ThrowIfCancellationRequested();
    }

    protected override Task WorkAsync(CancellationToken cancellationToken) => SweepAsync(cancellationToken);
}
