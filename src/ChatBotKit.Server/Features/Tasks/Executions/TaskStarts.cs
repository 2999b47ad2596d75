using System.Globalization;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Tasks.Executions;

/// <summary>
/// Starts executions within the transaction of what causes them: the execution, its conversation, its work and the status of the task
/// are stored together. A task that is running is not started again.
/// </summary>
internal sealed class TaskStarts(ResourceStore resources)
{
    public const string NoBot = "The task has no bot, so nothing was done.";

    /// <summary>
    /// Starts the execution of a scheduled time, and sets the next time. The id follows from the time, so the same time never has a second
    /// execution, not even when the clock was set back.
    /// </summary>
    public async ValueTask StartScheduledAsync(
        ISqlTransaction db, string taskId, DateTimeOffset scheduledAt, DateTimeOffset? next, DateTimeOffset now)
    {
        if (await TaskSettings.FindRowAsync(db, taskId) is not { } row)
            return;
        var time = scheduledAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        await StartAsync(
            db, row, DerivedId.Of("task-execution", taskId, time), now.ToUnixTimeMilliseconds(),
            task => TaskKind.Schedule.Put(task, next));
    }

    /// <summary>Starts an execution with this id now.</summary>
    /// <returns>False when the task is running, or when the execution exists.</returns>
    public ValueTask<bool> StartNowAsync(ISqlTransaction db, ResourceRow row, string executionId, DateTimeOffset now) =>
        StartAsync(db, row, executionId, now.ToUnixTimeMilliseconds(), edit: null);

    private async ValueTask<bool> StartAsync(ISqlTransaction db, ResourceRow row, string executionId, long now, Action<JsonObject>? edit)
    {
        var task = TaskSettings.Of(row);
        var execution = task.IsRunning || await db.FindExecutionAsync(executionId) is not null ? null : await AddAsync(db, task, executionId, now);
        if (execution is not null)
            await db.LogAsync(task.Event(execution.CompletedAt is null ? EventTypes.TaskInteract : EventTypes.TaskAborted, execution.ConversationId, now));
        else if (task.IsRunning)
            await db.LogAsync(task.Event(EventTypes.TaskSkipped, conversationId: null, now));
        if (execution is null && edit is null)
            return false;
        await resources.EditAsync(db, row.Id, now, document =>
        {
            edit?.Invoke(document);
            if (execution is not null)
                (document["status"], document["outcome"], document["lastRunAt"]) = (execution.Status, execution.Outcome, now);
        });
        return execution is not null;
    }

    private static async ValueTask<TaskExecutionRow> AddAsync(ISqlTransaction db, TaskSettings task, string id, long now)
    {
        var execution = new TaskExecutionRow
        {
            Id = id,
            TaskId = task.Id,
            Status = TaskRunStatus.Running.Value,
            Outcome = TaskOutcome.Pending.Value,
            CreatedAt = now,
            UpdatedAt = now,
        };
        if (task.BotId is null)
        {
            execution = execution with { Status = TaskRunStatus.Idle.Value, Outcome = TaskOutcome.Failure.Value, Summary = NoBot, CompletedAt = now };
            await db.AddExecutionAsync(execution);
            return execution;
        }

        execution = execution with { ConversationId = await FindConversationAsync(db, task, now) ?? await AddConversationAsync(db, task, now) };
        await db.AddExecutionAsync(execution);
        var at = DateTimeOffset.FromUnixTimeMilliseconds(now);
        await db.AddDueWorkAsync(DueWorkRow.New(TaskRunWork.RunKind, id, at, at));
        return execution;
    }

    /// <summary>
    /// Returns the conversation of the last execution, while it is young enough and has the same bot and contact; null for none.
    /// </summary>
    private static async ValueTask<string?> FindConversationAsync(ISqlSession db, TaskSettings task, long now)
    {
        if (task.SessionDuration == TimeSpan.Zero || (await db.FindLastExecutionAsync(task.Id))?.ConversationId is not { } id)
            return null;
        return await db.FindConversationAsync(id, task.AccountId) is { ExpiresAt: null } conversation
            && conversation.BotId == task.BotId && conversation.ContactId == task.ContactId
            && conversation.CreatedAt + (long)task.SessionDuration.TotalMilliseconds > now
            ? id
            : null;
    }

    private static async ValueTask<string> AddConversationAsync(ISqlTransaction db, TaskSettings task, long now)
    {
        var conversation = new ConversationRow
        {
            Id = Ids.New(now),
            AccountId = task.AccountId,
            Name = task.Name ?? "",
            BotId = task.BotId,
            ContactId = task.ContactId,
            TaskId = task.Id,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await db.AddConversationAsync(conversation, []);
        return conversation.Id;
    }
}
