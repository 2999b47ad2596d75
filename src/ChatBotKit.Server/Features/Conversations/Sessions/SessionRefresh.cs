using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Sessions;

/// <summary>
/// Exchanges tokens for new ones. The writer takes one change at a time, so whoever comes first decides: a refresh that
/// comes behind a revocation finds it, and of several tabs one makes the new token and the others get the same.
/// </summary>
internal sealed class SessionRefresh(
    IStore store, SessionMinter minter, SessionAudit audit, SessionBudgets budgets, SecurityOptions options, TimeProvider time)
{
    /// <summary>How long the token before the newest is still taken, for tabs and requests that are under way with it.</summary>
    private const int OverlapMilliseconds = 60_000;

    /// <exception cref="ApiException">
    /// 400: a bad duration; 401: the session is over, or the token is too old; 403: the holder may not; 404: no such session;
    /// 429: the holder refreshes too often.
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
                {
                    Renew(row, request.DurationInSeconds ?? row.DurationInSeconds, now);
                    await db.RenewSessionAsync(row);
                    await db.AuditAsync(audit.Of(context, SessionAuditType.Refresh, row));
                }

                await db.RememberAsync(call.AnsweredFrom(sessionId));
                return (row, null);
            },
            context.RequestAborted);
        if (session is null)
            throw refusal!;
        return await minter.AnswerAsync(session, context.RequestAborted);
    }

    /// <summary>Answers a repeated request with a token of the same session.</summary>
    /// <exception cref="ApiException">401: the session is over; 404: it went with its conversation.</exception>
    public async Task<SessionCreateResponse> RepeatAsync(string sessionId, CancellationToken cancellationToken)
    {
        var session = await store.FindSessionAsync(sessionId, cancellationToken) ?? throw SessionReading.NotFound();
        return Session.EndOf(session, time.GetUtcNow().ToUnixTimeMilliseconds()) is { } end
            ? throw end
            : await minter.AnswerAsync(session, cancellationToken);
    }

    /// <summary>Asked again here, because the session may have changed since the request was let in.</summary>
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
    /// Whether another tab of the holder was faster. The owner gets the token that is there, too, as long as the one before
    /// it is taken: that promise to the holder would be broken by yet another token.
    /// </summary>
    private static bool IsDone(SessionRow row, Caller caller, long now) => caller.Session is { } holder
        ? Session.IsPrevious(row, holder.Token.Generation, now)
        : row.PreviousUntil > now;

    private void Renew(SessionRow row, int seconds, DateTimeOffset now)
    {
        var wanted = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()).AddSeconds(seconds).ToUnixTimeMilliseconds();
        row.Generation++;
        row.ExpiresAt = Math.Min(wanted, LastEnd(row));
        row.RefreshedAt = now.ToUnixTimeMilliseconds();
        row.PreviousUntil = row.RefreshedAt + OverlapMilliseconds;
    }

    /// <summary>What nobody can prolong: the lifetime, or the longest duration counted from the mint.</summary>
    private long LastEnd(SessionRow row) =>
        row.AbsoluteExpiresAt ?? Math.Max(row.CreatedAt + (options.SessionMaxSeconds * 1000L), row.ExpiresAt);
}
