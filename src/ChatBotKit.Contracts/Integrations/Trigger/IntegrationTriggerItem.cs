namespace ChatBotKit;

/// <summary>An integration that starts a bot on a schedule or on the request of a program.</summary>
public sealed record IntegrationTriggerItem : IntegrationItem
{
    /// <summary>Gets the bot that the trigger starts.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets whether callers of the event address must send the secret.</summary>
    public bool? Authenticate { get; init; }

    /// <summary>
    /// Gets the schedule on which the bot starts: an interval such as <c>daily</c>, a cron expression with five fields, a
    /// time or a date; null for none.
    /// </summary>
    public string? Schedule { get; init; }

    /// <summary>Gets the IANA time zone of the schedule; null for UTC.</summary>
    public string? Timezone { get; init; }

    /// <summary>
    /// Gets how long the events of a session share a conversation, in milliseconds, at most a month. 0 starts a new
    /// conversation with every event; null means a day.
    /// </summary>
    public long? SessionDuration { get; init; }

    /// <summary>Gets the secret that callers of the event address send as bearer token. The server generates it.</summary>
    public required string Secret { get; init; }

    /// <summary>Gets when the bot last started; null before the first time.</summary>
    public DateTimeOffset? LastTriggerAt { get; init; }

    /// <summary>Gets when the schedule next starts the bot; null for never.</summary>
    public DateTimeOffset? NextTriggerAt { get; init; }
}
