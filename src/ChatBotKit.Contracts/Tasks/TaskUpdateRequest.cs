using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to update a task. A field that is not set keeps its value.</summary>
public sealed record TaskUpdateRequest
{
    /// <summary>Gets the name, at most 191 bytes.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Gets the instruction that the bot carries out, at most 65,535 bytes.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>Gets the bot that carries out the task. Without a bot, an execution ends at once.</summary>
    public Optional<string> BotId { get; init; }

    /// <summary>Gets the contact on whose behalf the task is carried out. The task is deleted with the contact.</summary>
    public Optional<string> ContactId { get; init; }

    /// <summary>
    /// Gets the schedule: <c>never</c>, an interval from now on such as <c>hourly</c>, <c>daily</c>, <c>weekly</c> or
    /// <c>monthly</c>, a cron expression with five fields, <c>HH:MM</c> for every day, or a date for once.
    /// </summary>
    public Optional<string> Schedule { get; init; }

    /// <summary>Gets the IANA name of the time zone of the schedule; null for UTC.</summary>
    public Optional<string> Timezone { get; init; }

    /// <summary>
    /// Gets how long executions share a conversation, in milliseconds, 0 to 3,600,000. 0 creates a new conversation each
    /// time; null means a day.
    /// </summary>
    public Optional<int> SessionDuration { get; init; }

    /// <summary>Gets the maximum number of steps of an execution. Values below 10 give the default, 1,000.</summary>
    public Optional<int> MaxIterations { get; init; }

    /// <summary>Gets the maximum duration of an execution in milliseconds. Values below 900,000 give the default, 900,000.</summary>
    public Optional<int> MaxTime { get; init; }

    /// <summary>Gets how many functions an execution may call, at most 100,000. Only newer servers support it.</summary>
    public Optional<int> MaxCalls { get; init; }

    /// <summary>Gets when the schedule ends; null for never. Only newer servers support it.</summary>
    public Optional<DateTimeOffset> ExpiresAt { get; init; }

    /// <summary>
    /// Gets the blueprint that the task is part of; null removes it from the blueprint. Only newer servers support it.
    /// </summary>
    public Optional<string> BlueprintId { get; init; }

    /// <summary>
    /// Gets the custom metadata, which replaces the stored metadata. An object <c>$update</c> in it is merged with the
    /// stored metadata instead. The server of this project takes at most 65,535 bytes of it
    /// as JSON; keys that begin with _ are refused.
    /// </summary>
    public Optional<JsonObject> Meta { get; init; }
}
