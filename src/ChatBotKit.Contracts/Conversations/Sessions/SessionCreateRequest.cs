namespace ChatBotKit;

/// <summary>Makes a session: a token with which an end user reaches one conversation and nothing else.</summary>
public sealed record SessionCreateRequest
{
    /// <summary>Gets how long the token is good, 1800 to 86400 seconds. Default: 3600.</summary>
    public int? DurationInSeconds { get; init; }
}
