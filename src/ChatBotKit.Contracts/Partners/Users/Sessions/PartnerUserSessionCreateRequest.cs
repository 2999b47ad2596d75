namespace ChatBotKit;

/// <summary>A request to create a session: a token that acts for a user for some time.</summary>
public sealed record PartnerUserSessionCreateRequest
{
    /// <summary>Gets how long the token is valid, in seconds. Default: as the server decides.</summary>
    public int? DurationInSeconds { get; init; }

    /// <summary>Gets what the token may be used for; null for everything that the user may do.</summary>
    public PartnerUserSessionConfig? Config { get; init; }
}

/// <summary>Specifies what the token of a session is good for.</summary>
public sealed record PartnerUserSessionConfig
{
    /// <summary>Gets the only routes that may be called; null for all.</summary>
    public IReadOnlyList<string>? AllowedRoutes { get; init; }

    /// <summary>Gets the contact in whose name the calls are made.</summary>
    public string? ContactId { get; init; }
}
