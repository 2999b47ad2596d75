using System.Text.Json;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Security;

/// <summary>The rows behind the session tokens, cached.</summary>
internal sealed class Sessions : IChangeListener
{
    private readonly ReadThroughCache<string, Session> _cache = new(capacity: 10_000);
    private readonly IStore _store;
    private readonly SecurityOptions _options;

    public Sessions(IStore store, SecurityOptions options, ChangeFeed changes)
    {
        (_store, _options) = (store, options);
        changes.Listen(this);
    }

    /// <summary>
    /// The session, good or not; null when it is unknown. Cheap enough to ask again and again while a stream is open.
    /// </summary>
    public ValueTask<Session?> FindAsync(string sessionId, CancellationToken cancellationToken) =>
        _cache.GetAsync(sessionId, (_store, _options), LoadAsync, cancellationToken);

    /// <summary>What a session was allowed before is not allowed from the next request on.</summary>
    public void OnChanged(in Change change)
    {
        if (change is { Kind: ChangedKinds.Session, What: not ChangeKind.Created })
            _cache.Invalidate(change.Id);
        else if (change is { Kind: ChangedKinds.Conversation or ChangedKinds.Account, What: ChangeKind.Deleted })
            _cache.InvalidateAll();
    }

    private static async ValueTask<Session?> LoadAsync(
        string sessionId, (IStore Store, SecurityOptions Options) from, CancellationToken cancellationToken) =>
        await from.Store.FindSessionAsync(sessionId, cancellationToken) is { } row ? Session.Of(row, from.Options.SessionLimits) : null;
}

/// <summary>A session with its terms read.</summary>
/// <param name="Row">The row; a cached one, so what was used of the limits is not up to date.</param>
/// <param name="Permissions">What the holder may do.</param>
/// <param name="Origins">The web origins whose pages may use it; null for any.</param>
/// <param name="Limits">How much the holder may use: the session's own limits, and the server's for those that it has not.</param>
internal sealed record Session(
    SessionRow Row, SessionPermissions Permissions, IReadOnlyList<string>? Origins, SessionLimits Limits)
{
    public static Session Of(SessionRow row, SessionLimits defaults) =>
        new(row, SessionPermissionNames.Parse(row.Permissions), OriginsOf(row), SessionDefaults.Fill(LimitsOf(row), defaults));

    public static IReadOnlyList<string>? OriginsOf(SessionRow row) =>
        row.Origins is null ? null : JsonSerializer.Deserialize<string[]>(row.Origins);

    public static SessionLimits? LimitsOf(SessionRow row) =>
        row.Limits is null ? null : JsonSerializer.Deserialize<SessionLimits>(row.Limits, ChatBotKitJson.ServerOptions);

    /// <summary>Why the session is over; null while it is good.</summary>
    public static ApiException? EndOf(SessionRow row, long now)
    {
        if (row.RevokedAt is not null)
            return SessionErrors.Revoked();
        return row.ExpiresAt <= now ? SessionErrors.Expired() : null;
    }

    /// <summary>Whether this is the newest token of the session, or the one before while that is still taken.</summary>
    public static bool Takes(SessionRow row, int generation, long now) =>
        generation == row.Generation || IsPrevious(row, generation, now);

    /// <summary>Whether this is the token before the newest and still taken.</summary>
    public static bool IsPrevious(SessionRow row, int generation, long now) =>
        generation == row.Generation - 1 && row.PreviousUntil > now;
}
