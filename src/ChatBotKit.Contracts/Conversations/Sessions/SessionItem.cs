using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A session, as its owner sees it. It does not contain the token, which no server stores.</summary>
public sealed record SessionItem : ApiObject
{
    /// <summary>Gets the id of the session.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the conversation that the session is for.</summary>
    public required string ConversationId { get; init; }

    /// <summary>Gets the contact of the session holder; null when it is not known.</summary>
    public string? ContactId { get; init; }

    /// <summary>Gets whether the session is valid, expired or revoked.</summary>
    public required SessionStatus Status { get; init; }

    /// <summary>Gets the permissions of the session.</summary>
    public required IReadOnlyList<SessionPermission> Permissions { get; init; }

    /// <summary>Gets the web origins that may use the session; null for any.</summary>
    public IReadOnlyList<string>? Origins { get; init; }

    /// <summary>Gets the usage limits of the session; null for no limits.</summary>
    public SessionLimits? Limits { get; init; }

    /// <summary>Gets the usage so far.</summary>
    public required SessionUsage Usage { get; init; }

    /// <summary>Gets whether the holder may exchange the token for a new one.</summary>
    public required bool Refreshable { get; init; }

    /// <summary>Gets the custom metadata of the session.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the session was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the newest token of the session expires.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Gets the latest time to which a refresh can extend the session; null when the holder cannot refresh it.</summary>
    public DateTimeOffset? RefreshableUntil { get; init; }

    /// <summary>Gets when the token was first used; null when it was never used.</summary>
    public DateTimeOffset? FirstUsedAt { get; init; }

    /// <summary>Gets when the session was last refreshed; null when it was never refreshed.</summary>
    public DateTimeOffset? RefreshedAt { get; init; }

    /// <summary>Gets when the session was revoked; null when it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}
