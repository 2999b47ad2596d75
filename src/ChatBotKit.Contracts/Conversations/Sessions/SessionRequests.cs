namespace ChatBotKit;

/// <summary>Specifies which sessions to list.</summary>
public sealed record SessionListRequest : ListRequest
{
    /// <summary>Gets the state that sessions must be in. Default: any.</summary>
    public SessionStatus? Status { get; init; }

    /// <summary>Gets the conversation. It is not needed, and not sent, when the sessions of one conversation are listed.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the contact of the session holders. Default: any.</summary>
    public string? ContactId { get; init; }
}

/// <summary>A request to get a new token of a session.</summary>
public sealed record SessionRefreshRequest
{
    /// <summary>
    /// Gets how long the new token is valid, 1800 to 86400 seconds. Default: the lifetime of the first token of the
    /// session. It never exceeds <see cref="SessionCreateResponse.RefreshableUntil"/>.
    /// </summary>
    public int? DurationInSeconds { get; init; }
}

/// <summary>A request to revoke sessions.</summary>
public sealed record SessionRevokeRequest
{
    /// <summary>Gets the reason for the audit record: one line, at most 191 bytes.</summary>
    public string? Reason { get; init; }
}

/// <summary>Describes the conversation, contact or account whose sessions were revoked.</summary>
public sealed record SessionRevokeResponse : ApiObject
{
    /// <summary>Gets the id of the conversation, contact or account.</summary>
    public required string Id { get; init; }

    /// <summary>Gets how many sessions were revoked.</summary>
    public required int Revoked { get; init; }
}
