using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Security;

/// <summary>
/// Ends a session when somebody wants to refresh it with a token that was replaced before the last minute. Of the two who have
/// refreshed it one is a thief, and nobody can tell which; the rightful one gets a new session from its backend.
/// </summary>
internal sealed class SessionReuse(IStore store, SessionAudit audit, TimeProvider time)
{
    /// <summary>What the audit gives as the reason.</summary>
    private const string Reason = "a replaced token was used to refresh";

    /// <summary>Whether the request is such an attempt; a token whose own time is over is none.</summary>
    public bool IsReuse(HttpContext context, Session session, VerifiedToken token)
    {
        var now = time.GetUtcNow();
        return context.GetEndpoint()?.Metadata.GetMetadata<RefreshesSession>() is not null
            && session.Row.Refreshable
            && token.ExpiresAt > now
            && Session.EndOf(session.Row, now.ToUnixTimeMilliseconds()) is null
            && !Session.Takes(session.Row, token.Generation, now.ToUnixTimeMilliseconds());
    }

    public async Task RevokeAsync(HttpContext context, Session session)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await store.ChangeAsync(
            async db =>
            {
                if (await db.FindSessionAsync(session.Row.Id) is not { } row || Session.EndOf(row, now) is not null)
                    return false;
                await db.RevokeSessionAsync(row, now);
                await db.AuditAsync(audit.Of(context, SessionAuditType.Revoke, row, Reason));
                return true;
            },
            CancellationToken.None);
    }
}
