using System.Globalization;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.Features.Tasks.Executions;

/// <summary>
/// Carries out an execution in turns of its conversation, until the bot reports the end or a limit is reached. The id of each turn follows
/// from the execution and its number, so that what was done before a crash is found again and never started twice.
/// </summary>
internal sealed class TaskTurns(
    IStore store, IConversationHolder holder, ChannelLogs channels, TurnFollower follower, TaskReports reports, TimeProvider time)
{
    /// <summary>The channel of a task, on which its turns write their events. No caller can use it, because its scope is no credential.</summary>
    public static string ChannelOf(string taskId) => ChannelLogs.LogId("task", taskId);

    /// <exception cref="TaskTurnException">The turn failed, but a later attempt may succeed.</exception>
    public async Task<TaskEnd> RunAsync(TaskExecutionRow execution, TaskSettings task, CancellationToken cancellationToken)
    {
        if (execution.ConversationId is not { } conversationId)
            return Gone;
        using var channel = await channels.SubscribeAsync(ChannelOf(task.Id), history: 0, TurnFollower.Interval);
        var turns = await ReadTurnsAsync(execution, cancellationToken);
        if (turns.LastOrDefault() is { EndedAt: null } open)
        {
            // An earlier attempt lost its lease, but its turn goes on in this process.
            await holder.AbortAsync(task.AccountId, conversationId, open.Id);
            await follower.FollowAsync(channel.Reader, open.Id, cancellationToken);
            turns = await ReadTurnsAsync(execution, cancellationToken);
        }

        var (steps, seen) = (0, (SeenTurn?)null);
        while (true)
        {
            if (turns.Count > 0 && await reports.FindAsync(task.AccountId, conversationId, TurnInput.MessageIdOf(execution, 1), cancellationToken) is { } reported)
                return reported;
            var deadline = (turns.Count == 0 ? time.GetUtcNow() : DateTimeOffset.FromUnixTimeMilliseconds(turns[0].StartedAt)) + task.MaxTime;
            var remaining = deadline - time.GetUtcNow();
            if (TaskLimits.EndOf(turns, seen, remaining, task.MaxIterations - steps) is { } end)
                return end;
            var input = TurnInput.Of(execution, task, turns, new(task.MaxIterations - steps, task.MaxCalls, remaining), ChannelOf(task.Id));
            if (await StartAsync(conversationId, input) is { } failed)
                return failed;
            seen = await FollowAsync(channel.Reader, task.AccountId, conversationId, input.RunId, cancellationToken);
            if (seen is null)
                return Gone;
            steps += seen.Steps;
            turns = await ReadTurnsAsync(execution, cancellationToken);
            TaskLimits.ThrowIfTriedAgain(turns, seen);
        }
    }

    private static TaskEnd Gone => TaskEnd.Failed("The conversation of the execution was deleted.");

    /// <returns>The end of the execution when the turn can't be started; null when it runs.</returns>
    private async Task<TaskEnd?> StartAsync(string conversationId, RunInput input)
    {
        try
        {
            var started = await holder.StartAsync(conversationId, input, kept: null);
            if (started.Refusal is not { } refusal)
                return null;
            return refusal.Code == ErrorCode.NotFound ? Gone : throw new TaskTurnException(refusal.Message);
        }
        catch (Exception exception) when (exception is ModelReferenceException or ModerationUnavailableException)
        {
            return TaskEnd.Failed(exception.Message);
        }
    }

    /// <summary>Follows the turn, and aborts it when the work is cancelled.</summary>
    private async Task<SeenTurn?> FollowAsync(
        LogReader channel, string accountId, string conversationId, string runId, CancellationToken cancellationToken)
    {
        try
        {
            return await follower.FollowAsync(channel, runId, cancellationToken);
        }
        catch
        {
            await holder.AbortAsync(accountId, conversationId, runId);
            throw;
        }
    }

    /// <summary>Returns the turns of the execution so far, in their order.</summary>
    private async Task<List<RunRow>> ReadTurnsAsync(TaskExecutionRow execution, CancellationToken cancellationToken)
    {
        var turns = new List<RunRow>();
        while (await store.FindRunAsync(TurnInput.RunIdOf(execution, turns.Count + 1), cancellationToken) is { } run)
            turns.Add(run);
        return turns;
    }
}

/// <summary>A turn failed. The work is tried again later.</summary>
internal sealed class TaskTurnException(string message) : Exception(message);

/// <summary>Creates the input of a turn.</summary>
internal static class TurnInput
{
    public static string RunIdOf(TaskExecutionRow execution, int number) => IdOf("task-turn", execution, number);

    public static string MessageIdOf(TaskExecutionRow execution, int number) => IdOf("task-message", execution, number);

    /// <summary>Creates the input of the next turn.</summary>
    public static RunInput Of(
        TaskExecutionRow execution, TaskSettings task, List<RunRow> turns, (int Iterations, int Calls, TimeSpan Time) limits, string channelLogId)
    {
        var number = turns.Count + 1;
        return new RunInput
        {
            RunId = RunIdOf(execution, number),
            MessageId = MessageIdOf(execution, number),
            Kind = RunKinds.Dispatch,
            AccountId = task.AccountId,
            ScopeId = task.AccountId,
            ContactId = task.ContactId,
            IsOfTask = true,
            Text = number == 1 ? TaskFunctions.InstructionOf(task) : TaskLimits.IsSilent(turns[^1]) ? TaskFunctions.GoOn : TaskFunctions.Resume,
            ExtraBackstory = TaskFunctions.Rules,
            Functions = TaskFunctions.Of(task, execution, isFirst: number == 1),
            // The report of the end is a call too, which the limit of the task does not count.
            Bounds = RunBounds.Default with { Iterations = limits.Iterations, Calls = limits.Calls + 1 },
            Limit = limits.Time,
            TimeZone = task.TimeZone,
            ChannelLogId = channelLogId,
        };
    }

    private static string IdOf(string kind, TaskExecutionRow execution, int number) =>
        DerivedId.Of(kind, execution.Id, number.ToString(CultureInfo.InvariantCulture));
}
