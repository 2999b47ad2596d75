using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Features.Tasks.Executions;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Tasks;

internal static class TaskKind
{
    public const string Name = "task";

    /// <summary>The field of the next run.</summary>
    public const string NextRunAt = "nextRunAt";

    private const int MaxSessionDuration = 3_600_000;
    private const int MaxSteps = 100_000;
    private const int DayInMilliseconds = 86_400_000;

    /// <summary>When the schedule of a task starts it.</summary>
    public static ResourceSchedule Schedule { get; } = new("task-schedule", NextRunAt);

    public static ResourceKind Create() => new ResourceKind<TaskItem, TaskCreateRequest, TaskUpdateRequest>(Name, "/task")
    {
        KeyField = null,
        References = [new("botId", "bot"), new("contactId", "contact") { Deleted = OnTargetDeleted.Cascade }],
        Filters = ["status"],
        Defaults = new()
        {
            ["schedule"] = Schedules.Never,
            ["maxIterations"] = TaskSettings.DefaultIterations,
            ["maxTime"] = TaskSettings.DefaultTime,
            ["maxCalls"] = TaskSettings.DefaultCalls,
            ["status"] = TaskRunStatus.Idle.Value,
            ["outcome"] = TaskOutcome.Pending.Value,
        },
        LostByClone = ["schedule"],
        CheckItem = static (item, check) =>
        {
            check.Faults.CheckSchedule(item.Schedule);
            check.Faults.CheckTimezone(item.Timezone);
            check.Faults.CheckRange(item.SessionDuration, 0, MaxSessionDuration, "sessionDuration");
            check.Faults.CheckRange(item.MaxIterations, 0, MaxSteps, "maxIterations");
            check.Faults.CheckRange(item.MaxTime, 0, DayInMilliseconds, "maxTime");
            check.Faults.CheckRange(item.MaxCalls, 0, MaxSteps, "maxCalls");
        },
        Derive = Schedule.Derive,
        OnStored = Schedule.StoreAsync,
        OnRemoval = static (db, task, _) => TaskEnds.ForgetAsync(db, task.Id),
        NamedBy = [ConversationTable.Task],
    };
}
