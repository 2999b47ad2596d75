namespace ChatBotKit;

/// <summary>The time whose usage is wanted; servers look back 90 days at most.</summary>
public sealed record ConversationUsageRequest
{
    /// <summary>Gets the start of the period. Default: as far back as the server keeps data.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Gets the end of the period. Default: now.</summary>
    public DateTimeOffset? To { get; init; }
}

/// <summary>Describes what a conversation has used.</summary>
public sealed record ConversationUsageResponse : ApiObject
{
    /// <summary>Gets the weighted tokens.</summary>
    public long? Tokens { get; init; }

    /// <summary>Gets the messages.</summary>
    public long? Messages { get; init; }
}
