using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A session as its owner sees it. The token is not part of it: no server keeps one.</summary>
public sealed record SessionItem : ApiObject
{
    /// <summary>Gets the id of the session.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the conversation that the session is for.</summary>
    public required string ConversationId { get; init; }

    /// <summary>Gets the contact that the holder is; null when nobody said.</summary>
    public string? ContactId { get; init; }

    /// <summary>Gets whether the session is good, over or revoked.</summary>
    public required SessionStatus Status { get; init; }

    /// <summary>Gets what the holder may do.</summary>
    public required IReadOnlyList<SessionPermission> Permissions { get; init; }

    /// <summary>Gets the web origins that may use the session; null for any.</summary>
    public IReadOnlyList<string>? Origins { get; init; }

    /// <summary>Gets how much the holder may use; null for no limit.</summary>
    public SessionLimits? Limits { get; init; }

    /// <summary>Gets what was used so far.</summary>
    public required SessionUsage Usage { get; init; }

    /// <summary>Gets whether the holder may exchange the token for a new one.</summary>
    public required bool Refreshable { get; init; }

    /// <summary>Gets the custom metadata that was given when the session was made.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the session was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the newest token of the session ends.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Gets the moment that no refresh gets past; null when the holder can't refresh.</summary>
    public DateTimeOffset? RefreshableUntil { get; init; }

    /// <summary>Gets when the token was used for the first time; null when it was not.</summary>
    public DateTimeOffset? FirstUsedAt { get; init; }

    /// <summary>Gets when the session got its newest token; null when it still has its first.</summary>
    public DateTimeOffset? RefreshedAt { get; init; }

    /// <summary>Gets when the session was revoked; null when it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}
