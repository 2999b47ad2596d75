namespace ChatBotKit.Server.Data.Rows;

/// <summary>An API token of an account. The token itself is not kept.</summary>
internal sealed class ApiTokenRow
{
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    /// <summary>HMAC-SHA-256 of the token's SHA-256 under the key <see cref="KeyId"/>; the bare SHA-256 where that is null.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>The key of the hash; null in a row of an older version, until the next start takes it over.</summary>
    public string? KeyId { get; set; }

    public string Name { get; set; } = "";

    public required long CreatedAt { get; init; }

    /// <summary>From when on the token is refused; null when it has no end.</summary>
    public long? ExpiresAt { get; init; }

    /// <summary>About when the token was used last: written once a minute at most.</summary>
    public long? LastUsedAt { get; set; }

    public long? RevokedAt { get; set; }

    public string? Description { get; set; }

    /// <summary>What the token is restricted to, as JSON; null for nothing.</summary>
    public string? Config { get; set; }

    /// <summary>Free data as JSON.</summary>
    public string? Meta { get; set; }

    public long? UpdatedAt { get; set; }

    /// <summary>Whether it was made for a session of a user, and is in no list.</summary>
    public bool IsSession { get; init; }
}
