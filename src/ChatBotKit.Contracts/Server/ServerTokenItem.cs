namespace ChatBotKit;

/// <summary>An API token of the owner of the server. It does not contain the token itself, which no server stores.</summary>
public sealed record ServerTokenItem : ApiObject
{
    /// <summary>Gets the id, with which the token is revoked. Audit records name it as their actor.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets whether the token can be used.</summary>
    public required ServerTokenStatus Status { get; init; }

    /// <summary>Gets whether the token is the one from the configuration of the server.</summary>
    public required bool Configured { get; init; }

    /// <summary>Gets when the token was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the token expires; null when it does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>
    /// Gets when the token was last used, to about a second; null when it was never used. A server that is killed loses the
    /// uses of its last minute.
    /// </summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Gets when the token was revoked; null when it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}
