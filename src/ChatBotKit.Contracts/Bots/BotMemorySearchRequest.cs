namespace ChatBotKit;

/// <summary>Looks for what a bot remembers.</summary>
public sealed record BotMemorySearchRequest
{
    /// <summary>Gets the words or the question to look for.</summary>
    public required string Search { get; init; }
}
