namespace ChatBotKit;

/// <summary>
/// Specifies what can be changed in every integration that lets people write to a bot from another service.
/// </summary>
public abstract record ChatIntegrationUpdateRequest : IntegrationUpdateRequest
{
    /// <summary>Gets the bot that answers, by id or alias; null leaves nobody to answer.</summary>
    public Optional<string> BotId { get; init; }

    /// <summary>Gets whether senders become contacts.</summary>
    public Optional<bool> ContactCollection { get; init; }

    /// <summary>Gets how long a sender stays in the same conversation, in milliseconds, at most a month; null is a day, 0 begins a new one with every message.</summary>
    public Optional<long> SessionDuration { get; init; }
}
