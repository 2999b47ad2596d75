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

    /// <summary>Gets what the bot is to do: the instruction that it carries out.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the bot that carries the task out.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets the contact on whose behalf it does so; the task goes when the contact is deleted.</summary>
    public string? ContactId { get; init; }

    /// <summary>
    /// Gets when the task is carried out: <c>never</c>, <c>hourly</c>, <c>daily</c>, <c>weekly</c>, <c>monthly</c> and the like from now
    /// on, a cron expression of five fields, <c>HH:MM</c> for every day, or a date for once.
    /// </summary>
    public string? Schedule { get; init; }

    /// <summary>Gets the IANA name of the time zone of the schedule; null for UTC.</summary>
    public string? Timezone { get; init; }

    /// <summary>Gets for how many milliseconds executions share a conversation; 0 makes a new one each time; null for a day.</summary>
    public int? SessionDuration { get; init; }

    /// <summary>Gets how many steps an execution may take.</summary>
    public int? MaxIterations { get; init; }

    /// <summary>Gets how many milliseconds an execution may take.</summary>
    public int? MaxTime { get; init; }

    /// <summary>Gets how many functions an execution may call; null when the server does not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxCalls { get; init; }

    /// <summary>Gets when the schedule ends; null for never, or when the server does not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Gets the blueprint that the task is part of; null when the server does not tell.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets what the task is doing; exports leave it out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TaskRunStatus? Status { get; init; }

    /// <summary>Gets what came of the last execution; exports leave it out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TaskOutcome? Outcome { get; init; }

    /// <summary>Gets when the last execution began; null when there was none.</summary>
    public DateTimeOffset? LastRunAt { get; init; }

    /// <summary>Gets when the next execution begins; null when none is planned.</summary>
    public DateTimeOffset? NextRunAt { get; init; }

    /// <summary>Gets free data.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the task was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the task was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
