namespace ChatBotKit;

/// <summary>Describes what every integration has that lets people write to a bot from another service.</summary>
public abstract record ChatIntegrationItem : IntegrationItem
{
    /// <summary>Gets the bot that answers.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets whether senders become contacts.</summary>
    public bool? ContactCollection { get; init; }

    /// <summary>Gets how long a sender stays in the same conversation, in milliseconds; null is a day, 0 begins a new one with every message.</summary>
    public long? SessionDuration { get; init; }
}
