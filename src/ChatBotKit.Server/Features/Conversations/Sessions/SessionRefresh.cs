using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Sessions;

/// <summary>
/// Replaces tokens with new ones. The store executes one change at a time, so the first one decides: a refresh after a revocation
/// is refused, and of several concurrent refreshes the first creates the new token and the others return the same one.
/// </summary>
internal sealed class SessionRefresh(
    IStore store, SessionMinter minter, SessionAudit audit, SessionBudgets budgets, SecurityOptions options, TimeProvider time)
{
    /// <summary>How long the previous token is still accepted, for other tabs and requests in progress.</summary>
    private const int OverlapMilliseconds = 60_000;

    /// <exception cref="ApiException">
    /// 400: the duration is invalid; 401: the session has ended, or the token is too old; 403: the session is not refreshable; 404:
    /// the session does not exist; 429: too many refreshes.
    /// </exception>
    public async Task<SessionCreateResponse> RefreshAsync(
        string conversationId, string sessionId, SessionRefreshRequest request, HttpContext context, IdempotentCall call)
    {
        var faults = new Faults();
        SessionTerms.CheckDuration(faults, request.DurationInSeconds, options.SessionMaxSeconds);
        faults.ThrowIfAny();
        var caller = context.Caller();
        budgets.Find(caller.Session?.Id)?.CountRefresh();
        var now = time.GetUtcNow();
        var (session, refusal) = await store.ChangeAsync<(SessionRow?, ApiException?)>(
            async db =>
            {
                if (await db.FindSessionAsync(sessionId, conversationId, caller.AccountId) is not { } row)
                    return (null, SessionReading.NotFound());
                if (Refusal(row, caller, now.ToUnixTimeMilliseconds()) is { } refused)
                    return (null, refused);
                if (!IsDone(row, caller, now.ToUnixTimeMilliseconds()))
                    await RenewAsync(db, row, request.DurationInSeconds ?? row.DurationInSeconds, now, context);

                await db.RememberAsync(call.AnsweredFrom(sessionId));
                return (row, null);
            },
            context.RequestAborted);
        if (session is null)
            throw refusal!;
        return await minter.AnswerAsync(session, context.RequestAborted);
    }

    /// <summary>
    /// Creates a new token for a holder whose last one may have expired or been lost, and who was recognized by other means. As long as
    /// the previous token is accepted, the newest one is not replaced.
    /// </summary>
    /// <returns>The session; null when it was deleted or its lifetime has ended.</returns>
    /// <exception cref="ApiException">401: the session was revoked.</exception>
    public async Task<SessionRow?> ResumeAsync(string accountId, string conversationId, string sessionId, HttpContext context)
    {
        var now = time.GetUtcNow();
        var (session, refusal) = await store.ChangeAsync<(SessionRow?, ApiException?)>(
            async db =>
            {
                if (await db.FindSessionAsync(sessionId, conversationId, accountId) is not { } row)
                    return (null, null);
                if (row.RevokedAt is not null)
                    return (null, SessionErrors.Revoked());
                if (LastEnd(row) <= now.ToUnixTimeMilliseconds())
                    return (null, null);
                if (row.PreviousUntil is null || row.PreviousUntil <= now.ToUnixTimeMilliseconds())
                    await RenewAsync(db, row, row.DurationInSeconds, now, context);
                return (row, null);
            },
            context.RequestAborted);
        return refusal is null ? session : throw refusal;
    }

    /// <summary>Responds to a repeated request with a token of the same session.</summary>
    /// <exception cref="ApiException">401: the session has ended; 404: it was deleted with its conversation.</exception>
    public async Task<SessionCreateResponse> RepeatAsync(string sessionId, CancellationToken cancellationToken)
    {
        var session = await store.FindSessionAsync(sessionId, cancellationToken) ?? throw SessionReading.NotFound();
        return Session.EndOf(session, time.GetUtcNow().ToUnixTimeMilliseconds()) is { } end
            ? throw end
            : await minter.AnswerAsync(session, cancellationToken);
    }

    /// <summary>Checks the session again, because it may have changed since the request was authenticated.</summary>
    private static ApiException? Refusal(SessionRow row, Caller caller, long now)
    {
        if (Session.EndOf(row, now) is { } end)
            return end;
        if (caller.Session is not { } holder)
            return null;
        if (!Session.Takes(row, holder.Token.Generation, now))
            return SessionErrors.TokenReplaced();
        return row.Refreshable ? null : SessionErrors.NotRefreshable();
    }

    /// <summary>
    /// Whether a concurrent refresh has already created the new token. A refresh by the owner also gets the existing token as long
    /// as the previous one is accepted, because another refresh would end this grace period for the holder.
    /// </summary>
    private static bool IsDone(SessionRow row, Caller caller, long now) => caller.Session is { } holder
        ? Session.IsPrevious(row, holder.Token.Generation, now)
        : row.PreviousUntil > now;

    /// <summary>Stores a new generation of the session's token, with its audit record.</summary>
    private async ValueTask RenewAsync(ISqlTransaction db, SessionRow row, int seconds, DateTimeOffset now, HttpContext context)
    {
        var wanted = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()).AddSeconds(seconds).ToUnixTimeMilliseconds();
        row.Generation++;
        row.ExpiresAt = Math.Min(wanted, LastEnd(row));
        row.RefreshedAt = now.ToUnixTimeMilliseconds();
        row.PreviousUntil = row.RefreshedAt + OverlapMilliseconds;
        await db.RenewSessionAsync(row);
        await db.AuditAsync(audit.Of(context, SessionAuditType.Refresh, row));
    }

    /// <summary>Returns the latest possible expiry: that of the lifetime, or the creation plus the maximum duration.</summary>
    private long LastEnd(SessionRow row) =>
        row.AbsoluteExpiresAt ?? Math.Max(row.CreatedAt + (options.SessionMaxSeconds * 1000L), row.ExpiresAt);
}
