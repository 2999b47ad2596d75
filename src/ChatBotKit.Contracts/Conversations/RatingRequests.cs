namespace ChatBotKit;

/// <summary>A request to rate a conversation or message as good.</summary>
public sealed record UpvoteRequest
{
    /// <summary>Gets how good, 1 to 100. Default: 100.</summary>
    public int? Value { get; init; }

    /// <summary>Gets why.</summary>
    public string? Reason { get; init; }
}

/// <summary>A request to rate a conversation or message as bad.</summary>
public sealed record DownvoteRequest
{
    /// <summary>Gets how bad, -100 to -1. Default: -100.</summary>
    public int? Value { get; init; }

    /// <summary>Gets why.</summary>
    public string? Reason { get; init; }
}
