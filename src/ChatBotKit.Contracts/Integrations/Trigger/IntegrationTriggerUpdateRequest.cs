namespace ChatBotKit;

/// <summary>
/// A request to update an integration that starts a bot on a schedule or when a program asks for it. A field that is not
/// set keeps its value.
/// </summary>
public sealed record IntegrationTriggerUpdateRequest : IntegrationUpdateRequest
{
    /// <summary>Gets the bot that the trigger starts, by id or alias.</summary>
    public Optional<string> BotId { get; init; }

    /// <summary>Gets whether callers of the event address must show the secret.</summary>
    public Optional<bool> Authenticate { get; init; }

    /// <summary>Gets when the bot starts by itself: an interval such as daily, a cron expression of five fields, a time or a date; null for never.</summary>
    public Optional<string> Schedule { get; init; }

    /// <summary>Gets the IANA time zone of the schedule; null for UTC.</summary>
    public Optional<string> Timezone { get; init; }

    /// <summary>Gets how long one session stays in the same conversation, in milliseconds, at most a month; 0 begins a new one with every event, null is a day.</summary>
    public Optional<long> SessionDuration { get; init; }
}
