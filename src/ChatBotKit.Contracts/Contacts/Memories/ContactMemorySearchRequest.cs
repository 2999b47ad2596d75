namespace ChatBotKit;

/// <summary>Looks for memories about a contact by their meaning.</summary>
public sealed record ContactMemorySearchRequest
{
    /// <summary>Gets the words or the question to look for.</summary>
    public required string Search { get; init; }
}
