using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.DueWork;

/// <summary>Repairs the table of due work when the process starts, and when its clock was set back.</summary>
internal sealed class DueWorkStart(IStore store, INodes nodes, TimeProvider time)
{
    public async Task PrepareAsync(DueWorkHandlers handlers, CancellationToken cancellationToken)
    {
        var owners = await store.QueryAsync(db => db.ListDueWorkOwnersAsync(), cancellationToken);
        var now = time.GetUtcNow();
        await store.ChangeAsync(
            async db =>
            {
                // A lease need not expire when its owner is known to have ended.
                foreach (var owner in owners.Where(nodes.IsGone))
                    await db.EndDueWorkLeasesAsync(owner, now.ToUnixTimeMilliseconds());
                await db.TakeBackDueWorkAsync(
                    now.ToUnixTimeMilliseconds(), (long)DueWorkTimes.Lease.TotalMilliseconds, (long)DueWorkTimes.MaxPause.TotalMilliseconds);
                foreach (var handler in handlers.All)
                    await EnsureAsync(db, handler, now);
                return true;
            },
            cancellationToken);
    }

    private static async ValueTask EnsureAsync(ISqlTransaction db, IDueWorkHandler handler, DateTimeOffset now)
    {
        if (handler.Recurrence?.NextAfter(now, now) is not { } next)
            return;
        if (await db.EnsureDueWorkAsync(DueWorkRow.New(handler.Kind, RecurringWork.Key, next, now)))
            return;
        // The due time may have been computed while the clock was ahead. A due time after the second next time has no other cause.
        if (handler.Recurrence.NextAfter(next, next) is { } latest)
        {
            await db.BringDueWorkForwardAsync(
                handler.Kind, RecurringWork.Key, next.ToUnixTimeMilliseconds(), latest.ToUnixTimeMilliseconds());
        }
    }
}
