using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Tasks;

/// <summary>
/// Schedules the tasks that a version without executions has stored. The schema script that adds executions stores this work, so it is
/// done once.
/// </summary>
internal sealed class TaskAdoptionWork(IStore store, ResourceStore resources, TimeProvider time) : IDueWorkHandler
{
    private const int BatchSize = 100;

    public string Kind => "task-adoption";

    public async Task<DueWorkResult> WorkAsync(DueWorkItem item, CancellationToken cancellationToken)
    {
        for (var after = ""; ;)
        {
            var from = after;
            var ids = await store.QueryAsync(db => db.ListIdsAsync(TaskKind.Name, from, BatchSize), cancellationToken);
            await store.ChangeAsync(db => AdoptAsync(db, ids), cancellationToken);
            if (ids.Count < BatchSize)
                return DueWorkResult.Done;
            after = ids[^1];
        }
    }

    private async ValueTask<bool> AdoptAsync(ISqlTransaction db, List<string> ids)
    {
        var now = time.GetUtcNow();
        foreach (var id in ids)
        {
            if (await TaskSettings.FindRowAsync(db, id) is not { } row)
                continue;
            var task = ResourceEdit.Read(row.Data);
            if (task[TaskKind.NextRunAt] is not null || ResourceSchedule.NextAfter(task, now, now) is not { } next)
                continue;
            await resources.EditAsync(db, id, now.ToUnixTimeMilliseconds(), document => TaskKind.Schedule.Put(document, next));
            await db.ScheduleDueWorkAsync(TaskKind.Schedule.WorkKind, id, next.ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds());
        }

        return true;
    }
}
