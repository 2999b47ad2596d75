using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to create a task.</summary>
public sealed record TaskCreateRequest
{
    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the instruction that the bot carries out, at most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the bot that carries out the task. Without a bot, an execution ends at once.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets the contact on whose behalf the task is carried out. The task is deleted with the contact.</summary>
    public string? ContactId { get; init; }

    /// <summary>
    /// Gets the schedule: <c>never</c>, an interval from now on such as <c>hourly</c>, <c>daily</c>, <c>weekly</c> or
    /// <c>monthly</c>, a cron expression with five fields, <c>HH:MM</c> for every day, or a date for once. Default: never.
    /// </summary>
    public string? Schedule { get; init; }

    /// <summary>Gets the IANA name of the time zone of the schedule. Default: UTC.</summary>
    public string? Timezone { get; init; }

    /// <summary>
    /// Gets how long executions share a conversation, in milliseconds, 0 to 3,600,000. 0 creates a new conversation each
    /// time. Default: a day.
    /// </summary>
    public int? SessionDuration { get; init; }

    /// <summary>
    /// Gets the maximum number of steps of an execution, 10 to 100,000. Default: 1,000, which is also used for values below
    /// 10.
    /// </summary>
    public int? MaxIterations { get; init; }

    /// <summary>
    /// Gets the maximum duration of an execution in milliseconds, 900,000 to 86,400,000. Default: 900,000, which is also
    /// used for smaller values.
    /// </summary>
    public int? MaxTime { get; init; }

    /// <summary>
    /// Gets how many functions an execution may call, at most 100,000. Default: 10,000. Only newer servers support it.
    /// </summary>
    public int? MaxCalls { get; init; }

    /// <summary>Gets when the schedule ends. Default: never. Only newer servers support it.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Gets the blueprint that the task is part of. Only newer servers support it.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>
    /// Gets the custom metadata; the server of this project takes at most 65,535 bytes of it as JSON. Keys that begin with _ are refused.
    /// </summary>
    public JsonObject? Meta { get; init; }
}
