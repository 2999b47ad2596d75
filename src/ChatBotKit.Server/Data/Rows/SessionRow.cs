namespace ChatBotKit.Server.Data.Rows;

/// <summary>
/// The row of a session. Its token is accepted only as long as this row allows it, which makes sessions listable and revocable.
/// </summary>
internal sealed class SessionRow
{
    /// <summary>The id. It is the <c>jti</c> of the token, and the scope of the session's channels.</summary>
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    public required string ConversationId { get; init; }

    public string? ContactId { get; init; }

    /// <summary>The permissions that were requested at creation, as a JSON array; null for the default set.</summary>
    public string? Permissions { get; init; }

    /// <summary>The allowed web origins, as a JSON array; null for any.</summary>
    public string? Origins { get; init; }

    public bool Refreshable { get; init; }

    public required long CreatedAt { get; init; }

    public required long ExpiresAt { get; set; }

    /// <summary>The latest time that a refresh can extend the session to; null when the session can't be refreshed.</summary>
    public long? AbsoluteExpiresAt { get; init; }

    /// <summary>The lifetime of the first token, which is also the default lifetime after a refresh.</summary>
    public required int DurationInSeconds { get; init; }

    /// <summary>The number of the newest token: 1 for the first, incremented by each refresh.</summary>
    public int Generation { get; set; } = 1;

    /// <summary>Until when the token before the newest one is accepted; null when there is none.</summary>
    public long? PreviousUntil { get; set; }

    /// <summary>The limits of the holder's use, as a JSON object; null for no limit.</summary>
    public string? Limits { get; init; }

    /// <summary>A JSON object, or null.</summary>
    public string? Meta { get; init; }

    /// <summary>The number of messages that the holder has sent.</summary>
    public int UsedMessages { get; set; }

    /// <summary>The number of model tokens, input and output together.</summary>
    public long UsedTokens { get; set; }

    public long UsedAttachmentBytes { get; set; }

    public long? FirstUsedAt { get; set; }

    public long? RefreshedAt { get; set; }

    public long? RevokedAt { get; set; }
}
