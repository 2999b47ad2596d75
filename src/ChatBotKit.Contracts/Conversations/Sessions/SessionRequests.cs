namespace ChatBotKit;

/// <summary>Specifies which sessions to list.</summary>
public sealed record SessionListRequest : ListRequest
{
    /// <summary>Gets the state that sessions must be in. Default: any.</summary>
    public SessionStatus? Status { get; init; }

    /// <summary>Gets the conversation. It is not needed, and not sent, where a conversation's sessions are listed.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the contact that holds the sessions. Default: any.</summary>
    public string? ContactId { get; init; }
}

/// <summary>A request to get a new token of a session.</summary>
public sealed record SessionRefreshRequest
{
    /// <summary>
    /// Gets how long the new token is valid, 1800 to 86400 seconds. Default: as long as the session's first token was. It
    /// never gets past <see cref="SessionCreateResponse.RefreshableUntil"/>.
    /// </summary>
    public int? DurationInSeconds { get; init; }
}

/// <summary>A request to end sessions before their time.</summary>
public sealed record SessionRevokeRequest
{
    /// <summary>Gets why, for the audit record; at most 191 bytes, one line.</summary>
    public string? Reason { get; init; }
}

/// <summary>Whose sessions were revoked.</summary>
public sealed record SessionRevokeResponse : ApiObject
{
    /// <summary>Gets the id of the conversation, contact or account.</summary>
    public required string Id { get; init; }

    /// <summary>Gets how many sessions were good until now.</summary>
    public required int Revoked { get; init; }
}
