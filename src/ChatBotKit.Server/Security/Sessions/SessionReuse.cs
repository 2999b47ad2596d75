using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Security;

/// <summary>
/// Revokes a session when a refresh uses a token that was replaced more than a minute ago. Then two holders have refreshed the
/// session, one of them with a stolen token, and the server can't tell which. The rightful holder gets a new session from its
/// backend.
/// </summary>
internal sealed class SessionReuse(IStore store, SessionAudit audit, TimeProvider time)
{
    /// <summary>The reason in the audit record.</summary>
    private const string Reason = "a replaced token was used to refresh";

    /// <summary>Whether the request is such a refresh. One with an expired token is not.</summary>
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
