using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A stored task: something that a bot does on a schedule or on demand.</summary>
public sealed record TaskItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the instruction that the bot carries out.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the bot that carries out the task.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets the contact on whose behalf the task is carried out. The task is deleted with the contact.</summary>
    public string? ContactId { get; init; }

    /// <summary>
    /// Gets the schedule: <c>never</c>, an interval from now on such as <c>hourly</c>, <c>daily</c>, <c>weekly</c> or
    /// <c>monthly</c>, a cron expression with five fields, <c>HH:MM</c> for every day, or a date for once.
    /// </summary>
    public string? Schedule { get; init; }

    /// <summary>Gets the IANA name of the time zone of the schedule; null for UTC.</summary>
    public string? Timezone { get; init; }

    /// <summary>
    /// Gets how long executions share a conversation, in milliseconds. 0 creates a new conversation each time; null means a
    /// day.
    /// </summary>
    public int? SessionDuration { get; init; }

    /// <summary>Gets the maximum number of steps of an execution.</summary>
    public int? MaxIterations { get; init; }

    /// <summary>Gets the maximum duration of an execution in milliseconds.</summary>
    public int? MaxTime { get; init; }

    /// <summary>Gets how many functions an execution may call; null when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxCalls { get; init; }

    /// <summary>Gets when the schedule ends; null for never, or when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Gets the blueprint that the task is part of; null when the server does not send it.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets the status of the task; not part of exports.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TaskRunStatus? Status { get; init; }

    /// <summary>Gets the outcome of the last execution; not part of exports.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TaskOutcome? Outcome { get; init; }

    /// <summary>Gets when the last execution started; null when there was none.</summary>
    public DateTimeOffset? LastRunAt { get; init; }

    /// <summary>Gets when the next execution starts; null when none is scheduled.</summary>
    public DateTimeOffset? NextRunAt { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the task was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the task was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
