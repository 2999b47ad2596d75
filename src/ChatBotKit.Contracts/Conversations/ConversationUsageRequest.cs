namespace ChatBotKit;

/// <summary>The period of the requested usage. Servers keep at most 90 days.</summary>
public sealed record ConversationUsageRequest
{
    /// <summary>Gets the start of the period. Default: as far back as the server keeps data.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Gets the end of the period. Default: now.</summary>
    public DateTimeOffset? To { get; init; }
}

/// <summary>Describes the usage of a conversation.</summary>
public sealed record ConversationUsageResponse : ApiObject
{
    /// <summary>Gets the number of weighted tokens.</summary>
    public long? Tokens { get; init; }

    /// <summary>Gets the messages.</summary>
    public long? Messages { get; init; }
}
