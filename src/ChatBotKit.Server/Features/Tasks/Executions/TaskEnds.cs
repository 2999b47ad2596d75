using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Tasks.Executions;

/// <summary>The end of an execution.</summary>
/// <param name="Outcome">Success or failure.</param>
/// <param name="Summary">The result, or the reason of the failure.</param>
internal sealed record TaskEnd(TaskOutcome Outcome, string Summary)
{
    /// <summary>The name that the model chose; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>The description that the model wrote; null for none.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the bot itself has reported the end, so that there is something to describe.</summary>
    public bool IsReported { get; init; }

    /// <summary>The usage of the model that described the execution; null for none.</summary>
    public UsageRow? Usage { get; init; }

    public static TaskEnd Failed(string summary) => new(TaskOutcome.Failure, summary);
}

/// <summary>Ends executions, each only once: the first end counts, be it a result or a cancellation.</summary>
internal sealed class TaskEnds(ResourceStore resources)
{
    public const string Canceled = "The execution was canceled.";

    /// <summary>Stores the end of an execution, unless it was canceled.</summary>
    public async ValueTask EndAsync(ISqlTransaction db, string executionId, TaskEnd end, long now)
    {
        if (await db.FindExecutionAsync(executionId) is not { } execution || execution.Status != TaskRunStatus.Running.Value)
            return;
        if (end.Usage is { } usage)
            await db.AddUsageAsync(usage);
        await EndAsync(
            db,
            execution with
            {
                Status = TaskRunStatus.Idle.Value,
                Outcome = end.Outcome.Value,
                Name = end.Name,
                Description = end.Description,
                Summary = end.Summary,
            },
            now);
        if (await TaskSettings.FindRowAsync(db, execution.TaskId) is { } row)
            await db.LogAsync(TaskSettings.Of(row).Event(EventTypes.TaskCompleted, execution.ConversationId, now));
        await resources.EditAsync(db, execution.TaskId, now, task =>
            (task["status"], task["outcome"]) = (TaskRunStatus.Idle.Value, end.Outcome.Value));
    }

    /// <summary>
    /// Cancels the running executions of a task, or one of them. The work of each is deleted, so that its worker stores nothing any more.
    /// </summary>
    /// <returns>The ids of the canceled executions.</returns>
    public async ValueTask<IReadOnlyList<string>> CancelAsync(ISqlTransaction db, string taskId, string? executionId, DateTimeOffset now)
    {
        var running = await db.ListExecutionsAsync(taskId, TaskRunStatus.Running.Value);
        running.RemoveAll(execution => executionId is not null && execution.Id != executionId);
        foreach (var execution in running)
        {
            await db.DeleteDueWorkAsync(TaskRunWork.RunKind, execution.Id);
            var canceled = execution with { Status = TaskRunStatus.Canceled.Value, Outcome = TaskOutcome.Failure.Value, Summary = Canceled };
            await EndAsync(db, canceled, now.ToUnixTimeMilliseconds());
        }

        if (running.Count == 0)
            return [];
        await resources.EditAsync(db, taskId, now.ToUnixTimeMilliseconds(), task =>
        {
            (task["status"], task["outcome"]) = (TaskRunStatus.Idle.Value, TaskOutcome.Failure.Value);
            TaskKind.Schedule.Put(task, ResourceSchedule.NextAfter(task, now, now));
        });
        if (await TaskSettings.FindRowAsync(db, taskId) is { } row)
        {
            await TaskKind.Schedule.StoreAsync(db, row);
            foreach (var execution in running)
                await db.LogAsync(TaskSettings.Of(row).Event(EventTypes.TaskAborted, execution.ConversationId, now.ToUnixTimeMilliseconds()));
        }

        return [.. running.Select(execution => execution.Id)];
    }

    /// <summary>Deletes the work of a task that is being deleted. Its executions are deleted with its row.</summary>
    public static async ValueTask ForgetAsync(ISqlTransaction db, string taskId)
    {
        await db.DeleteDueWorkAsync(TaskKind.Schedule.WorkKind, taskId);
        foreach (var execution in await db.ListExecutionsAsync(taskId, TaskRunStatus.Running.Value))
            await db.DeleteDueWorkAsync(TaskRunWork.RunKind, execution.Id);
    }

    private static async ValueTask EndAsync(ISqlTransaction db, TaskExecutionRow ended, long now) =>
        await db.UpdateAsync(TaskExecutionTable.Rows, ended with { CompletedAt = now, UpdatedAt = Math.Max(ended.UpdatedAt, now) });
}
