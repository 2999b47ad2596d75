using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.DueWork;

namespace ChatBotKit.Server.Features.Tasks.Executions;

/// <summary>
/// Carries out an execution. All that it does is in the conversation, so after a crash the next attempt goes on where the last one
/// stopped, and the end is stored once.
/// </summary>
internal sealed class TaskRunWork(
    IStore store, TaskRuns runs, TaskTurns turns, TaskReporter reporter, TaskEnds ends, TimeProvider time, ILogger<TaskRunWork> logger)
    : IDueWorkHandler
{
    /// <summary>The kind of the due work of executions. Its key is the id of the execution.</summary>
    public const string RunKind = "task-run";

    /// <summary>How many executions run at a time. Others wait.</summary>
    public const int Most = 64;

    /// <summary>How often an execution is tried when the server fails. It then ends, because a dead letter would block its task.</summary>
    private const int MaxAttempts = 20;

    public string Kind => RunKind;

    public int AtOnce => Most;

    public int Attempts => int.MaxValue;

    /// <summary>Longer than the longest time that a task can set.</summary>
    public TimeSpan Limit => TimeSpan.FromHours(25);

    public async Task<DueWorkResult> WorkAsync(DueWorkItem item, CancellationToken cancellationToken)
    {
        // It begins before the execution is read, so that every cancellation is noticed: in the row, or by the token.
        using var run = runs.Begin(item.Key, cancellationToken);
        if (await ReadAsync(item.Key, cancellationToken) is not var (execution, task))
            return DueWorkResult.Done;
        run.TaskId = task.Id;
        try
        {
            var end = item.Attempt > MaxAttempts
                ? TaskEnd.Failed("The server was interrupted too often.")
                : await reporter.DescribeAsync(await turns.RunAsync(execution, task, run.Token), execution, task, run.Token);
            return EndOf(item.Key, end);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The execution was canceled. Its end is stored already.
            return DueWorkResult.Done;
        }
        catch (Exception exception) when (item.Attempt >= MaxAttempts && exception is not OperationCanceledException)
        {
            logger.LogError(exception, "Execution {ExecutionId} of a task failed too often", item.Key);
            return EndOf(item.Key, TaskEnd.Failed("The server failed too often."));
        }
    }

    private DueWorkResult EndOf(string executionId, TaskEnd end) =>
        DueWorkResult.With(db => ends.EndAsync(db, executionId, end, time.GetUtcNow().ToUnixTimeMilliseconds()));

    /// <summary>Returns the execution and its task; null when it has ended.</summary>
    private ValueTask<(TaskExecutionRow, TaskSettings)?> ReadAsync(string executionId, CancellationToken cancellationToken) => store.QueryAsync(
        async db =>
        {
            var execution = await db.FindExecutionAsync(executionId);
            return execution?.Status == TaskRunStatus.Running.Value && await TaskSettings.FindRowAsync(db, execution.TaskId) is { } row
                ? ((TaskExecutionRow, TaskSettings)?)(execution, TaskSettings.Of(row))
                : null;
        },
        cancellationToken);
}
