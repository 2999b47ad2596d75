namespace ChatBotKit.Server.Data.Entities;

/// <summary>
/// The row behind every session token. The token is accepted only while this row says so,
/// which is what makes sessions listable and revocable.
/// </summary>
internal sealed class SessionEntity
{
    /// <summary>The <c>jti</c> of the token, and the scope of the session's channels.</summary>
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    public required string ConversationId { get; init; }

    public string? ContactId { get; init; }

    /// <summary>Permissions chosen at minting, as a JSON array; null for the default set.</summary>
    public string? Permissions { get; init; }

    /// <summary>Allowed web origins as a JSON array; null for any.</summary>
    public string? Origins { get; init; }

    public bool Refreshable { get; init; }

    public required long CreatedAt { get; init; }

    public required long ExpiresAt { get; set; }

    /// <summary>No refresh goes past this moment; null when the session can't be refreshed.</summary>
    public long? AbsoluteExpiresAt { get; init; }

    public long? RevokedAt { get; set; }
}
