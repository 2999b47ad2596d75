using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to update a task. A field that is not set keeps its value.</summary>
public sealed record TaskUpdateRequest
{
    /// <summary>Gets the name, at most 191 bytes.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Gets what the bot is to do: the instruction that it carries out, at most 65,535 bytes.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>Gets the bot that carries the task out; without one an execution ends at once.</summary>
    public Optional<string> BotId { get; init; }

    /// <summary>Gets the contact on whose behalf it does so; the task goes when the contact is deleted.</summary>
    public Optional<string> ContactId { get; init; }

    /// <summary>
    /// Gets when the task is carried out: <c>never</c>, <c>hourly</c>, <c>daily</c>, <c>weekly</c>, <c>monthly</c> and the like from now
    /// on, a cron expression of five fields, <c>HH:MM</c> for every day, or a date for once.
    /// </summary>
    public Optional<string> Schedule { get; init; }

    /// <summary>Gets the IANA name of the time zone of the schedule; null for UTC.</summary>
    public Optional<string> Timezone { get; init; }

    /// <summary>
    /// Gets for how many milliseconds executions share a conversation, 0 to 3,600,000;
    /// 0 makes a new one each time; null for a day.
    /// </summary>
    public Optional<int> SessionDuration { get; init; }

    /// <summary>Gets how many steps an execution may take; less than 10 gives the default, 1,000.</summary>
    public Optional<int> MaxIterations { get; init; }

    /// <summary>Gets how many milliseconds an execution may take; less than 900,000 gives that, the default.</summary>
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
    /// stored metadata instead. Limited only by the size of a request; keys that begin with _ are refused.
    /// </summary>
    public Optional<JsonObject> Meta { get; init; }
}
