using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Uploads;

/// <summary>
/// Deletes once an hour what is not used: blobs to which no row refers, for example of expired conversations or interrupted uploads, and
/// announced files that were never uploaded. Sessions get the bytes of theirs back. Both must be a day old, so that an upload in progress
/// is not affected.
/// </summary>
internal sealed class UploadSweep(IStore store, IBlobStore blobs, SessionBudgets budgets, TimeProvider time)
    : RecurringWork("attachment-sweep", TimeSpan.FromHours(1))
{
    private const int BatchSize = 500;

    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - Grace;
        while (await DeleteForgottenAsync(before.ToUnixTimeMilliseconds(), cancellationToken) == BatchSize)
            cancellationToken.ThrowIfCancellationRequested();
        while (await DeleteForgottenContentsAsync(before.ToUnixTimeMilliseconds(), cancellationToken) == BatchSize)
            cancellationToken.ThrowIfCancellationRequested();
        await foreach (var some in blobs.ListAsync(before, cancellationToken).Chunk(BatchSize).WithCancellation(cancellationToken))
            await DeleteUnusedAsync(some, cancellationToken);
    }

    protected override Task WorkAsync(CancellationToken cancellationToken) => SweepAsync(cancellationToken);

    private async Task<int> DeleteForgottenAsync(long before, CancellationToken cancellationToken)
    {
        var forgotten = await store.ChangeAsync(
            async db =>
            {
                var rows = await db.ListForgottenAsync(before, BatchSize);
                foreach (var row in rows)
                {
                    await db.CountAsync(row.SessionId is null ? null : new SessionUse(row.SessionId, AttachmentBytes: -SessionBudget.ChargeOf(row.Size)));
                    await db.DeleteAttachmentAsync(row.Id);
                }

                return rows;
            },
            cancellationToken);
        foreach (var row in forgotten)
            budgets.Find(row.SessionId)?.GiveBack(messages: 0, SessionBudget.ChargeOf(row.Size));
        return forgotten.Count;
    }

    private Task<int> DeleteForgottenContentsAsync(long before, CancellationToken cancellationToken) =>
        store.ChangeAsync(db => db.DeleteForgottenContentsAsync(before, BatchSize), cancellationToken);

    private async Task DeleteUnusedAsync(string[] ids, CancellationToken cancellationToken)
    {
        var used = await store.QueryAsync(db => db.ListUsedBlobsAsync(ids), cancellationToken);
        await blobs.DeleteAsync(ids.Except(used), cancellationToken);
    }
}
