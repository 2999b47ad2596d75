namespace ChatBotKit;

/// <summary>A request to search the memories about a contact by meaning.</summary>
public sealed record ContactMemorySearchRequest
{
    /// <summary>Gets the words or the question to search for.</summary>
    public required string Search { get; init; }
}
