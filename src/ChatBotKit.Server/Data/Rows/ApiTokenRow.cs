namespace ChatBotKit.Server.Data.Rows;

/// <summary>An API token of an account. The token itself is not stored.</summary>
internal sealed class ApiTokenRow
{
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    /// <summary>HMAC-SHA-256 of the token's SHA-256 under the key <see cref="KeyId"/>; the plain SHA-256 when that is null.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>The id of the key of the hash; null in a row of an older version until the next start converts it.</summary>
    public string? KeyId { get; set; }

    public string Name { get; set; } = "";

    public required long CreatedAt { get; init; }

    /// <summary>When the token expires; null when it never does.</summary>
    public long? ExpiresAt { get; init; }

    /// <summary>The approximate time of the last use; written at most once a minute.</summary>
    public long? LastUsedAt { get; set; }

    public long? RevokedAt { get; set; }

    public string? Description { get; set; }

    /// <summary>The restrictions of the token, as JSON; null for none.</summary>
    public string? Config { get; set; }

    /// <summary>Free-form data as JSON.</summary>
    public string? Meta { get; set; }

    public long? UpdatedAt { get; set; }

    /// <summary>Whether the token was created for a session of a user. Such tokens are not listed.</summary>
    public bool IsSession { get; init; }
}
