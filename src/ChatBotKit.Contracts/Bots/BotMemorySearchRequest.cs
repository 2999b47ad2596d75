namespace ChatBotKit;

/// <summary>A request to search the memories of a bot.</summary>
public sealed record BotMemorySearchRequest
{
    /// <summary>Gets the words or the question to search for.</summary>
    public required string Search { get; init; }
}
