using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Features.Tasks.Executions;

/// <summary>Decides from the turns of an execution whether there is another one.</summary>
internal static class TaskLimits
{
    /// <summary>How many answers without a report are enough. A model that can't call functions never reports.</summary>
    private const int MaxSilent = 3;

    /// <summary>How many turns may fail because of the model's provider.</summary>
    private const int MaxFaults = 3;

    /// <summary>How many turns an execution has at most, with those that the server interrupted.</summary>
    private const int MaxTurns = 40;

    /// <summary>Whether the bot ended the turn with an answer and no report.</summary>
    public static bool IsSilent(RunRow turn) => turn.EndReason is EndReasons.Stop or EndReasons.Length;

    /// <summary>Returns the end of an execution whose last turn has no report; null when it goes on.</summary>
    /// <param name="turns">The turns so far.</param>
    /// <param name="seen">The events of the last turn; null when they were not followed.</param>
    /// <param name="remaining">The time that remains.</param>
    /// <param name="steps">The number of steps that remain.</param>
    public static TaskEnd? EndOf(List<RunRow> turns, SeenTurn? seen, TimeSpan remaining, int steps)
    {
        if (turns.Count == 0)
            return null;
        if (remaining <= TimeSpan.Zero || seen?.AbortReason == RunAbort.TimedOut)
            return TaskEnd.Failed("The time limit of the task was reached.");
        if (steps <= 0 || turns[^1].EndReason == EndReasons.Iteration)
            return TaskEnd.Failed("The limit of steps of the task was reached.");
        if (turns[^1].EndReason == EndReasons.Activity)
            return TaskEnd.Failed("The limit of function calls of the task was reached.");
        if (seen?.AbortReason == RunAbort.Requested)
            return TaskEnd.Failed("The run of the task was aborted.");
        if (turns.Count(IsSilent) >= MaxSilent)
            return TaskEnd.Failed($"The bot did not say whether the task is done: it called neither {TaskFunctions.Success} nor {TaskFunctions.Failure}.");
        if (turns.Count(IsFault) >= MaxFaults)
            return TaskEnd.Failed(seen?.Fault ?? "The model failed.");
        return turns.Count >= MaxTurns ? TaskEnd.Failed("The task was interrupted too often.") : null;
    }

    /// <exception cref="TaskTurnException">The model's provider failed, and the next turn is left to a later attempt, after a pause.</exception>
    public static void ThrowIfTriedAgain(List<RunRow> turns, SeenTurn seen)
    {
        if (turns.Count > 0 && IsFault(turns[^1]) && turns.Count(IsFault) < MaxFaults)
            throw new TaskTurnException(seen.Fault ?? "The model failed.");
    }

    private static bool IsFault(RunRow turn) => turn.EndReason == EndReasons.Error;
}
