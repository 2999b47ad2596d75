namespace ChatBotKit.Server.Data.Rows;

/// <summary>
/// The row behind every session token. The token is accepted only while this row says so,
/// which is what makes sessions listable and revocable.
/// </summary>
internal sealed class SessionRow
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

    /// <summary>How long its first token was good; what a refresh gives unless it asks for something else.</summary>
    public required int DurationInSeconds { get; init; }

    /// <summary>Which token is the newest: 1 for the first, one more with each refresh.</summary>
    public int Generation { get; set; } = 1;

    /// <summary>Until when the token before the newest is still good; null when there is none.</summary>
    public long? PreviousUntil { get; set; }

    /// <summary>A JSON object with what the holder may use; null for no limit.</summary>
    public string? Limits { get; init; }

    /// <summary>A JSON object, or null.</summary>
    public string? Meta { get; init; }

    /// <summary>What was used so far: messages that the holder has sent.</summary>
    public int UsedMessages { get; set; }

    /// <summary>Model tokens, input and output together.</summary>
    public long UsedTokens { get; set; }

    public long UsedAttachmentBytes { get; set; }

    public long? FirstUsedAt { get; set; }

    public long? RefreshedAt { get; set; }

    public long? RevokedAt { get; set; }
}
