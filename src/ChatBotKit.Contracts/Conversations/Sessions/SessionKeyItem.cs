namespace ChatBotKit;

/// <summary>A key that signs session tokens, or did. Its private half never leaves the server.</summary>
public sealed record SessionKeyItem : ApiObject
{
    /// <summary>Gets the id, which tokens name as their <c>kid</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the state: <c>pending</c> (published, signs soon), <c>active</c>, <c>retired</c> or <c>revoked</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Gets when the key was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the key began or begins to sign.</summary>
    public required DateTimeOffset ActiveFrom { get; init; }

    /// <summary>Gets since when the key signs nothing any more, while what it signed is still good; null while it signs.</summary>
    public DateTimeOffset? RetiredAt { get; init; }

    /// <summary>Gets since when nothing that the key signed is accepted; null when it was not revoked.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}
