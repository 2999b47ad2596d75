using ChatBotKit.Server.Data;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Tasks;

/// <summary>Schedules the tasks that a version without executions has stored.</summary>
internal sealed class TaskAdoptionWork(IStore store, ResourceStore resources, TimeProvider time) : AdoptionWork(store)
{
    public override string Kind => "task-adoption";

    protected override IReadOnlyList<string> ResourceKinds => [TaskKind.Name];

    protected override ValueTask AdoptAsync(ISqlTransaction db, ResourceRow row) => TaskKind.Schedule.AdoptAsync(db, resources, row, time.GetUtcNow());
}
