using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Features.Tasks.Executions;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Tasks;

/// <summary>
/// Starts an execution when a task is due. The execution, its work and the next time are stored in one transaction, so that each
/// scheduled time has one execution, whenever the process is killed. Times that were missed have one execution together.
/// </summary>
internal sealed class TaskScheduleWork(IStore store, TaskStarts starts, TimeProvider time) : IDueWorkHandler
{
    public string Kind => TaskKind.Schedule.WorkKind;

    /// <summary>High, because the work is only commits, which are grouped.</summary>
    public int AtOnce => 64;

    public async Task<DueWorkResult> WorkAsync(DueWorkItem item, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await store.QueryAsync(db => TaskSettings.FindRowAsync(db, item.Key), cancellationToken) is not { } task)
            return DueWorkResult.Done;
        // A request that sets another schedule meanwhile takes the item away, and with it this effect is refused.
        var next = ResourceSchedule.NextAfter(ResourceEdit.Read(task.Data), item.ScheduledAt, now);
        ValueTask StartAsync(ISqlTransaction db) => starts.StartScheduledAsync(db, task.Id, item.ScheduledAt, next, now);
        return next is { } at ? DueWorkResult.Again(at, "", StartAsync) : DueWorkResult.With(StartAsync);
    }
}
