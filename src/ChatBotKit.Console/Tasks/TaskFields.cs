using System.Text.Json;
using ChatBotKit.AdminConsole.Web;
using static ChatBotKit.AdminConsole.Web.FormText;

namespace ChatBotKit.AdminConsole.Tasks;

/// <summary>The settings of a task as its form has them. An empty text is none.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">The instruction.</param>
/// <param name="BotId">The bot that carries it out.</param>
/// <param name="Schedule">When it is carried out.</param>
/// <param name="Timezone">The time zone of the schedule.</param>
public sealed record TaskFields(string? Name, string? Description, string? BotId, string? Schedule, string? Timezone)
{
    private const string Never = "never";

    /// <summary>Gets the settings as the body of a request, for <c>As API call</c>.</summary>
    public string Json => JsonSerializer.Serialize(
        new { name = Name ?? "Weekly report", description = Description ?? "…", botId = BotId, schedule = Schedule ?? "0 9 * * MON", timezone = Timezone },
        JsonText.WithoutNulls);

    internal static TaskFields From(Form form) =>
        new(form.Text("name"), form.Text("description"), form.Text("bot"), form.Text("schedule"), form.Text("timezone"));

    internal static TaskFields Of(TaskItem task) => new(task.Name, task.Description, task.BotId, task.Schedule, task.Timezone);

    internal TaskCreateRequest ToCreate() => new()
    {
        Name = Name,
        Description = Description,
        BotId = BotId,
        Schedule = Schedule ?? Never,
        Timezone = Timezone,
    };

    /// <summary>
    /// Makes the update of a stored task. Setting a schedule restarts its interval, so it is left out unless the form has changed it.
    /// </summary>
    internal TaskUpdateRequest ToUpdate(TaskItem stored) => new()
    {
        Name = Given(Name),
        Description = Given(Description),
        BotId = Given(BotId),
        Schedule = (Schedule ?? Never) == (stored.Schedule ?? Never) ? default : (Optional<string>)(Schedule ?? Never),
        Timezone = Timezone == (stored.Timezone is { Length: > 0 } zone ? zone : null) ? default : Given(Timezone),
    };
}

/// <summary>The form of a task.</summary>
/// <param name="Fields">The content of the fields.</param>
/// <param name="Bots">The newest bots.</param>
/// <param name="Failure">Why it was not saved.</param>
public sealed record TaskForm(TaskFields Fields, IReadOnlyList<BotItem> Bots, Failure? Failure);

/// <summary>A task with its runs.</summary>
/// <param name="Task">The stored task.</param>
/// <param name="Executions">A page of the runs, newest first.</param>
/// <param name="Form">The form of the task.</param>
public sealed record TaskPage(TaskItem Task, ListResponse<TaskExecutionItem> Executions, TaskForm Form)
{
    /// <summary>Gets the next times of the stored schedule, in its time zone.</summary>
    public IReadOnlyList<DateTimeOffset> NextTimes { get; init; } = [];
}

internal static class TaskWords
{
    public static string Status(TaskRunStatus? status) =>
        status == TaskRunStatus.Running ? "running" : status == TaskRunStatus.Canceled ? "canceled" : "waiting";
}
