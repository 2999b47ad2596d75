namespace ChatBotKit;

/// <summary>An integration that starts a bot on a schedule or when a program asks for it.</summary>
public sealed record IntegrationTriggerItem : IntegrationItem
{
    /// <summary>Gets the bot that the trigger starts.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets whether callers of the event address must show the secret.</summary>
    public bool? Authenticate { get; init; }

    /// <summary>Gets when the bot starts by itself: an interval such as daily, a cron expression of five fields, a time or a date; null for never.</summary>
    public string? Schedule { get; init; }

    /// <summary>Gets the IANA time zone of the schedule; null for UTC.</summary>
    public string? Timezone { get; init; }

    /// <summary>Gets how long one session stays in the same conversation, in milliseconds, at most a month; 0 begins a new one with every event, null is a day.</summary>
    public long? SessionDuration { get; init; }

    /// <summary>Gets the secret that callers of the event address send as bearer token. The server makes it.</summary>
    public required string Secret { get; init; }

    /// <summary>Gets when the bot last started; null before the first time.</summary>
    public DateTimeOffset? LastTriggerAt { get; init; }

    /// <summary>Gets when the bot starts next by its schedule; null for never.</summary>
    public DateTimeOffset? NextTriggerAt { get; init; }
}
