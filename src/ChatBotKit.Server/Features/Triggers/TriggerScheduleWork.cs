using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Integrations.Trigger;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Triggers;

/// <summary>
/// Lets the bot of a trigger begin when its schedule comes. The event and the next time are stored in one transaction, so that each time has
/// one event. Times that were missed have one event together.
/// </summary>
internal sealed class TriggerScheduleWork(IStore store, TriggerEvents events, TimeProvider time) : IDueWorkHandler
{
    public string Kind => TriggerKind.Schedule.WorkKind;

    public async Task<DueWorkResult> WorkAsync(DueWorkItem item, CancellationToken cancellationToken)
    {
        if (await store.QueryAsync(db => db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, item.Key, TriggerKind.Name), cancellationToken) is not { } trigger)
            return DueWorkResult.Done;
        var (id, now) = (Ids.New(), time.GetUtcNow());
        // A request that sets another schedule meanwhile takes the item away, and with it this effect is refused.
        var next = ResourceSchedule.NextAfter(ResourceEdit.Read(trigger.Data), item.ScheduledAt, now);
        ValueTask AddAsync(ISqlTransaction db) => events.AddAsync(
            db, trigger, id, new TriggerEvent(TriggerEvents.Scheduled, Session: null), now, fields => TriggerKind.Schedule.Put(fields, next));
        return next is { } at ? DueWorkResult.Again(at, "", AddAsync) : DueWorkResult.With(AddAsync);
    }
}
