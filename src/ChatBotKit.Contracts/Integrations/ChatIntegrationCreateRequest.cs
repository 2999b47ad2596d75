namespace ChatBotKit;

/// <summary>Specifies the fields with which an integration is created that lets people write to a bot from another service.</summary>
public abstract record ChatIntegrationCreateRequest : IntegrationCreateRequest
{
    /// <summary>Gets the bot that answers, by id or alias. Without a bot, nobody answers.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets whether a contact is created for each sender. Default: no.</summary>
    public bool? ContactCollection { get; init; }

    /// <summary>
    /// Gets how long the messages of a sender share a conversation, in milliseconds, at most a month. 0 starts a new
    /// conversation with every message. Default: a day.
    /// </summary>
    public long? SessionDuration { get; init; }
}
