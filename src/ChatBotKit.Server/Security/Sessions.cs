using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;

namespace ChatBotKit.Server.Security;

/// <summary>The rows behind the session tokens, cached.</summary>
internal sealed class Sessions(IStore store, TimeProvider time)
{
    private readonly RowCache<string, Session> _cache = new(capacity: 10_000);

    /// <summary>
    /// The session while it is good; null when it is unknown, revoked or past its end. Cheap enough to ask again and again
    /// while a stream is open.
    /// </summary>
    public async ValueTask<Session?> FindActiveAsync(string sessionId, CancellationToken cancellationToken)
    {
        var session = await _cache.GetAsync(sessionId, store, LoadAsync, cancellationToken);
        return session is { Row.RevokedAt: null } && session.Row.ExpiresAt > time.GetUtcNow().ToUnixTimeMilliseconds()
            ? session
            : null;
    }

    /// <summary>To be called after a session was revoked, refreshed or deleted: it takes effect with the next request.</summary>
    public void Invalidate(string sessionId) => _cache.Invalidate(sessionId);

    /// <summary>To be called when many sessions went at once, as with their conversation.</summary>
    public void InvalidateAll() => _cache.InvalidateAll();

    private static async ValueTask<Session?> LoadAsync(string sessionId, IStore store, CancellationToken cancellationToken) =>
        await store.FindSessionAsync(sessionId, cancellationToken) is { } row
            ? new Session(row, SessionPermissionNames.Parse(row.Permissions))
            : null;
}

/// <summary>A session with its permissions read.</summary>
internal sealed record Session(SessionEntity Row, SessionPermissions Permissions);
