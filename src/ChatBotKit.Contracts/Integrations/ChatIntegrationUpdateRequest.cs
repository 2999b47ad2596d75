namespace ChatBotKit;

/// <summary>
/// Specifies the fields that can be updated in every integration with which people write to a bot from another service.
/// </summary>
public abstract record ChatIntegrationUpdateRequest : IntegrationUpdateRequest
{
    /// <summary>Gets the bot that answers, by id or alias. Null removes it, and nobody answers.</summary>
    public Optional<string> BotId { get; init; }

    /// <summary>Gets whether a contact is created for each sender.</summary>
    public Optional<bool> ContactCollection { get; init; }

    /// <summary>
    /// Gets how long the messages of a sender share a conversation, in milliseconds, at most a month. 0 starts a new
    /// conversation with every message; null means a day.
    /// </summary>
    public Optional<long> SessionDuration { get; init; }
}
