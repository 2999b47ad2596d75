using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Tasks.Executions;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Tasks;

/// <summary>Triggers and cancels tasks.</summary>
internal sealed class TaskCommands(IStore store, TaskStarts starts, TaskEnds ends, TaskRuns runs, TimeProvider time)
{
    /// <summary>Starts an execution, unless one is running. It is carried out after the answer.</summary>
    /// <exception cref="ApiException">404: the task does not exist.</exception>
    public async Task<IdResponse> TriggerAsync(string taskId, Caller caller, IdempotentCall call, CancellationToken cancellationToken)
    {
        var id = await store.ChangeAsync(
            async db =>
            {
                if (await FindAsync(db, taskId, caller) is not { } task)
                    return null;
                var now = time.GetUtcNow();
                await starts.StartNowAsync(db, task, Ids.New(now.ToUnixTimeMilliseconds()), now);
                await db.RememberAsync(call.Answered(new IdResponse { Id = task.Id }));
                return task.Id;
            },
            cancellationToken);
        return new IdResponse { Id = id ?? throw NoTask() };
    }

    /// <summary>Cancels the running execution of a task; does nothing when none is running.</summary>
    /// <exception cref="ApiException">404: the task does not exist.</exception>
    public async Task<IdResponse> CancelAsync(string taskId, Caller caller, IdempotentCall call, CancellationToken cancellationToken)
    {
        var canceled = await store.ChangeAsync(
            async db =>
            {
                if (await FindAsync(db, taskId, caller) is not { } task)
                    return default;
                var ids = await ends.CancelAsync(db, task.Id, executionId: null, time.GetUtcNow());
                await db.RememberAsync(call.Answered(new IdResponse { Id = task.Id }));
                return (task.Id, Executions: ids);
            },
            cancellationToken);
        if (canceled.Id is null)
            throw NoTask();
        foreach (var execution in canceled.Executions)
            runs.Cancel(execution);
        return new IdResponse { Id = canceled.Id };
    }

    /// <summary>Cancels an execution; does nothing when it has ended.</summary>
    /// <exception cref="ApiException">404: the task or the execution does not exist.</exception>
    public async Task<TaskExecutionCancelResponse> CancelExecutionAsync(
        string taskId, string executionId, Caller caller, IdempotentCall call, CancellationToken cancellationToken)
    {
        var (response, missing) = await store.ChangeAsync<(TaskExecutionCancelResponse?, string)>(
            async db =>
            {
                if (await FindAsync(db, taskId, caller) is not { } task)
                    return (null, "Task");
                if ((await db.FindExecutionAsync(executionId))?.TaskId != task.Id)
                    return (null, "Task execution");
                await ends.CancelAsync(db, task.Id, executionId, time.GetUtcNow());
                var response = new TaskExecutionCancelResponse { Id = executionId, TaskId = task.Id };
                await db.RememberAsync(call.Answered(response));
                return (response, "");
            },
            cancellationToken);
        if (response is null)
            throw ApiException.NotFound(missing);
        runs.Cancel(executionId);
        return response;
    }

    /// <exception cref="ApiException">404: the task does not exist.</exception>
    public async Task<string> GetIdAsync(string taskId, Caller caller, CancellationToken cancellationToken) =>
        (await store.QueryAsync(db => FindAsync(db, taskId, caller), cancellationToken))?.Id ?? throw NoTask();

    private static ValueTask<ResourceRow?> FindAsync(ISqlSession db, string taskId, Caller caller) =>
        db.FindOwnAsync(TaskKind.Name, taskId, caller.AccountId);

    private static ApiException NoTask() => ApiException.NotFound("Task");
}
