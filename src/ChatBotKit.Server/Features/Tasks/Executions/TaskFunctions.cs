using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Features.Tasks.Executions;

/// <summary>The functions and sentences with which a bot carries out a task.</summary>
internal static class TaskFunctions
{
    public const string Success = "_success";
    public const string Failure = "_failure";

    /// <summary>The instructions of the bot, after its own.</summary>
    public const string Rules =
        $"You carry out a task on your own. Nobody reads along and nobody answers questions, so decide by yourself and use your functions. "
        + $"When the task is done, call {Success} with a summary of what you did. When it can't be done, call {Failure} with the reason.";

    /// <summary>The message after an answer in which the bot called neither function.</summary>
    public const string GoOn = $"Go on with the task. When it is done, call {Success}; when it can't be done, call {Failure}.";

    /// <summary>The message after an interruption.</summary>
    public const string Resume =
        $"The work was interrupted. Go on where you stopped, and repeat nothing that is already done. At the end call {Success} or {Failure}.";

    private const string Details = "_getTaskDetails";
    private const string NoDescription = "Carry out the task.";

    private static readonly JsonElement SuccessParameters = Parse(
        """{"type":"object","properties":{"summary":{"type":"string","description":"What was done, in a few sentences."}},"required":["summary"]}""");

    private static readonly JsonElement FailureParameters = Parse(
        """{"type":"object","properties":{"reason":{"type":"string","description":"Why it can't be done, in a few sentences."}},"required":["reason"]}""");

    /// <summary>Returns the first message of an execution.</summary>
    public static string InstructionOf(TaskSettings task) =>
        Filled(task.Description) ?? Filled(task.Name) ?? NoDescription;

    /// <summary>
    /// Returns the functions of a turn. The run does not answer the two that report the end, so a call of them ends the run, as every
    /// function does whose result comes from the caller.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="execution">The execution.</param>
    /// <param name="isFirst">Whether it is the first turn, which begins with the details of the task.</param>
    public static IReadOnlyList<EngineFunction> Of(TaskSettings task, TaskExecutionRow execution, bool isFirst) =>
    [
        new()
        {
            Name = Details,
            Description = "Returns the task that is being carried out.",
            Parameters = EngineFunction.NoParameters,
            Data = DetailsOf(task, execution),
            CallAtStart = isFirst,
        },
        new() { Name = Success, Description = "Reports that the task is done.", Parameters = SuccessParameters },
        new() { Name = Failure, Description = "Reports that the task can't be done.", Parameters = FailureParameters },
    ];

    /// <summary>Returns what a call of one of the two functions reports.</summary>
    public static TaskEnd EndOf(ToolActivity call)
    {
        var isSuccess = call.Name == Success;
        var said = JsonNode.Parse(call.Arguments) is JsonObject arguments
            && arguments[isSuccess ? "summary" : "reason"] is JsonValue value && value.TryGetValue<string>(out var text) ? Filled(text) : null;
        return new TaskEnd(
            isSuccess ? TaskOutcome.Success : TaskOutcome.Failure,
            said ?? (isSuccess ? "The bot reported that the task is done." : "The bot reported that the task can't be done."))
        {
            IsReported = true,
        };
    }

    private static string DetailsOf(TaskSettings task, TaskExecutionRow execution) => new JsonObject
    {
        ["id"] = task.Id,
        ["executionId"] = execution.Id,
        ["name"] = task.Name,
        ["description"] = task.Description,
        ["schedule"] = task.Schedule,
        ["timezone"] = task.TimeZone,
        ["startedAt"] = DateTimeOffset.FromUnixTimeMilliseconds(execution.CreatedAt).ToString("O", System.Globalization.CultureInfo.InvariantCulture),
    }.ToJsonString();

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
