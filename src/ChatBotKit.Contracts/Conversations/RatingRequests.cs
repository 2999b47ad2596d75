namespace ChatBotKit;

/// <summary>A request to rate a conversation or message positively.</summary>
public sealed record UpvoteRequest
{
    /// <summary>Gets the rating, 1 to 100 (best). Default: 100.</summary>
    public int? Value { get; init; }

    /// <summary>Gets the reason.</summary>
    public string? Reason { get; init; }
}

/// <summary>A request to rate a conversation or message negatively.</summary>
public sealed record DownvoteRequest
{
    /// <summary>Gets the rating, -100 (worst) to -1. Default: -100.</summary>
    public int? Value { get; init; }

    /// <summary>Gets the reason.</summary>
    public string? Reason { get; init; }
}
