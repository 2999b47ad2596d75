using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to create a task.</summary>
public sealed record TaskCreateRequest
{
    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what the bot is to do: the instruction that it carries out, at most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the bot that carries the task out; without one an execution ends at once.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets the contact on whose behalf it does so; the task goes when the contact is deleted.</summary>
    public string? ContactId { get; init; }

    /// <summary>
    /// Gets when the task is carried out: <c>never</c>, <c>hourly</c>, <c>daily</c>, <c>weekly</c>, <c>monthly</c> and the like from now
    /// on, a cron expression of five fields, <c>HH:MM</c> for every day, or a date for once. Default: never.
    /// </summary>
    public string? Schedule { get; init; }

    /// <summary>Gets the IANA name of the time zone of the schedule. Default: UTC.</summary>
    public string? Timezone { get; init; }

    /// <summary>
    /// Gets for how many milliseconds executions share a conversation, 0 to 3,600,000;
    /// 0 makes a new one each time. Default: a day.
    /// </summary>
    public int? SessionDuration { get; init; }

    /// <summary>Gets how many steps an execution may take, 10 to 100,000. Default: 1,000, also for less than 10.</summary>
    public int? MaxIterations { get; init; }

    /// <summary>Gets how many milliseconds an execution may take, 900,000 to 86,400,000. Default: 900,000, also for less.</summary>
    public int? MaxTime { get; init; }

    /// <summary>
    /// Gets how many functions an execution may call, at most 100,000. Default: 10,000. Only newer servers support it.
    /// </summary>
    public int? MaxCalls { get; init; }

    /// <summary>Gets when the schedule ends. Default: never. Only newer servers support it.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Gets the blueprint that the task is part of. Only newer servers support it.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets the custom metadata, limited only by the size of a request. Keys that begin with _ are refused.</summary>
    public JsonObject? Meta { get; init; }
}
