namespace ChatBotKit;

/// <summary>A request to search the catalogue of the platform.</summary>
public sealed record PlatformSearchRequest
{
    /// <summary>Gets the words to search for.</summary>
    public required string Search { get; init; }

    /// <summary>Gets the maximum number of entries to return, 1 to 100. Default: 10.</summary>
    public int? Take { get; init; }
}
