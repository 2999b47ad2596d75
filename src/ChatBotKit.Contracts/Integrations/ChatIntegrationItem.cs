namespace ChatBotKit;

/// <summary>Describes the fields of every integration with which people write to a bot from another service.</summary>
public abstract record ChatIntegrationItem : IntegrationItem
{
    /// <summary>Gets the bot that answers.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets whether a contact is created for each sender.</summary>
    public bool? ContactCollection { get; init; }

    /// <summary>
    /// Gets how long the messages of a sender share a conversation, in milliseconds. 0 starts a new conversation with every
    /// message; null means a day.
    /// </summary>
    public long? SessionDuration { get; init; }
}
