namespace ChatBotKit;

/// <summary>
/// Specifies what every integration can be made with that lets people write to a bot from another service.
/// </summary>
public abstract record ChatIntegrationCreateRequest : IntegrationCreateRequest
{
    /// <summary>Gets the bot that answers, by id or alias; without one nobody does.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets whether senders become contacts. Default: no.</summary>
    public bool? ContactCollection { get; init; }

    /// <summary>Gets how long a sender stays in the same conversation, in milliseconds, at most a month; 0 begins a new one with every message. Default: a day.</summary>
    public long? SessionDuration { get; init; }
}
