namespace ChatBotKit;

/// <summary>A request to create a session: a token with which calls are made on behalf of a user until it expires.</summary>
public sealed record PartnerUserSessionCreateRequest
{
    /// <summary>Gets how long the token is valid, in seconds. Default: set by the server.</summary>
    public int? DurationInSeconds { get; init; }

    /// <summary>Gets what the token may be used for; null for everything that the user may do.</summary>
    public PartnerUserSessionConfig? Config { get; init; }
}

/// <summary>Specifies the restrictions of the token of a session.</summary>
public sealed record PartnerUserSessionConfig
{
    /// <summary>Gets the only routes that may be called; null for all.</summary>
    public IReadOnlyList<string>? AllowedRoutes { get; init; }

    /// <summary>Gets the contact on whose behalf the calls are made.</summary>
    public string? ContactId { get; init; }
}
