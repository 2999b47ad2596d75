namespace ChatBotKit;

/// <summary>
/// A request to update an integration that starts a bot on a schedule or when a program asks for it. A field that is not
/// set keeps its value.
/// </summary>
public sealed record IntegrationTriggerUpdateRequest : IntegrationUpdateRequest
{
    /// <summary>Gets the bot that the trigger starts, by id or alias.</summary>
    public Optional<string> BotId { get; init; }

    /// <summary>Gets whether callers of the event address must send the secret.</summary>
    public Optional<bool> Authenticate { get; init; }

    /// <summary>
    /// Gets the schedule on which the bot starts: an interval such as <c>daily</c>, a cron expression with five fields, a
    /// time or a date; null for none.
    /// </summary>
    public Optional<string> Schedule { get; init; }

    /// <summary>Gets the IANA time zone of the schedule; null for UTC.</summary>
    public Optional<string> Timezone { get; init; }

    /// <summary>
    /// Gets how long the events of a session share a conversation, in milliseconds, at most a month. 0 starts a new
    /// conversation with every event; null means a day.
    /// </summary>
    public Optional<long> SessionDuration { get; init; }
}
