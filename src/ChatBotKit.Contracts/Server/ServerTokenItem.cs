namespace ChatBotKit;

/// <summary>An API token of the server's owner. The token itself is not part of it: no server keeps one.</summary>
public sealed record ServerTokenItem : ApiObject
{
    /// <summary>Gets the id, by which the token can be revoked. Audit records name it as their actor.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets whether the token can be used.</summary>
    public required ServerTokenStatus Status { get; init; }

    /// <summary>Gets whether the token is the one that the server was configured with.</summary>
    public required bool Configured { get; init; }

    /// <summary>Gets when the token was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the token expires; null when it does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>
    /// Gets when the token was used last, with an error of about a second; null when it never was. What a server that was
    /// killed had noted within its last minute is lost.
    /// </summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Gets when the token was revoked; null when it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}
