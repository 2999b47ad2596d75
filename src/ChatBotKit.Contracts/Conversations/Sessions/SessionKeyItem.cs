namespace ChatBotKit;

/// <summary>A key that signs session tokens, or did so in the past. Its private half never leaves the server.</summary>
public sealed record SessionKeyItem : ApiObject
{
    /// <summary>Gets the id, which is the <c>kid</c> of the tokens that it signs.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the state: <c>pending</c> (published, signs soon), <c>active</c>, <c>retired</c> or <c>revoked</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Gets when the key was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the key started signing, or will start.</summary>
    public required DateTimeOffset ActiveFrom { get; init; }

    /// <summary>Gets when the key stopped signing, while its signatures stay valid; null while it signs.</summary>
    public DateTimeOffset? RetiredAt { get; init; }

    /// <summary>Gets when the key was revoked, from when on its signatures are refused; null when it was not revoked.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}
