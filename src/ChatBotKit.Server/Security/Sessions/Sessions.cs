using System.Text.Json;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Security;

/// <summary>The cached rows of sessions.</summary>
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
    /// Finds a session, valid or not; null when it is unknown. It is cheap enough to be called repeatedly while a stream is open.
    /// </summary>
    public ValueTask<Session?> FindAsync(string sessionId, CancellationToken cancellationToken) =>
        _cache.GetAsync(sessionId, (_store, _options), LoadAsync, cancellationToken);

    /// <summary>Drops a session from the cache when it changes, so that the next request uses its new terms.</summary>
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

/// <summary>A session with its parsed terms.</summary>
/// <param name="Row">The row. It may be a cached one, with outdated counts of its use.</param>
/// <param name="Permissions">The permissions of the holder.</param>
/// <param name="Origins">The web origins whose pages may use the session; null for any.</param>
/// <param name="Limits">The limits of the session, with the server's defaults where it has none.</param>
internal sealed record Session(
    SessionRow Row, SessionPermissions Permissions, IReadOnlyList<string>? Origins, SessionLimits Limits)
{
    public static Session Of(SessionRow row, SessionLimits defaults) =>
        new(row, SessionPermissionNames.Parse(row.Permissions), OriginsOf(row), SessionDefaults.Fill(LimitsOf(row), defaults));

    public static IReadOnlyList<string>? OriginsOf(SessionRow row) =>
        row.Origins is null ? null : JsonSerializer.Deserialize<string[]>(row.Origins);

    public static SessionLimits? LimitsOf(SessionRow row) =>
        row.Limits is null ? null : JsonSerializer.Deserialize<SessionLimits>(row.Limits, ChatBotKitJson.ServerOptions);

    /// <summary>Returns the error for a session that has ended; null while it is valid.</summary>
    public static ApiException? EndOf(SessionRow row, long now)
    {
        if (row.RevokedAt is not null)
            return SessionErrors.Revoked();
        return row.ExpiresAt <= now ? SessionErrors.Expired() : null;
    }

    /// <summary>Whether the session accepts this token: the newest one, or the previous one during its grace period.</summary>
    public static bool Takes(SessionRow row, int generation, long now) =>
        generation == row.Generation || IsPrevious(row, generation, now);

    /// <summary>Whether this is the previous token and still in its grace period.</summary>
    public static bool IsPrevious(SessionRow row, int generation, long now) =>
        generation == row.Generation - 1 && row.PreviousUntil > now;
}
