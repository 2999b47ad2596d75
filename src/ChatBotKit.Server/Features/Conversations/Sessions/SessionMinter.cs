using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Sessions;

/// <summary>Stores new sessions and creates their tokens.</summary>
internal sealed class SessionMinter(IStore store, SessionTokens tokens)
{
    /// <param name="session">The new row. The caller was already checked to own the conversation.</param>
    /// <param name="record">The audit record.</param>
    /// <param name="call">The idempotent request, whose row is stored with the session.</param>
    /// <param name="cancellationToken">The token that cancels the work before the session is stored; it has no effect afterwards.</param>
    /// <returns>Null, and nothing is stored, when the contact of the session was deleted.</returns>
    /// <exception cref="MissingParentException">The conversation was deleted.</exception>
    public async Task<SessionCreateResponse?> MintAsync(
        SessionRow session, AuditRow record, IdempotentCall call, CancellationToken cancellationToken)
    {
        var response = await AnswerAsync(session, cancellationToken);
        var answered = call.AnsweredFrom(session.Id);
        if (session.ContactId is null)
            await store.CommitAsync(new WriteSet { Session = session, Audit = [record], Idempotency = answered });
        else if (!await store.ChangeAsync(db => TryStoreAsync(db, session, record, answered), cancellationToken))
            return null;
        return response;
    }

    /// <summary>Responds to a repeated request with the same session. Its token is signed again, because tokens are not stored.</summary>
    /// <exception cref="ApiException">404: the session was deleted with its conversation.</exception>
    public async Task<SessionCreateResponse> RepeatAsync(string sessionId, CancellationToken cancellationToken) =>
        await store.FindSessionAsync(sessionId, cancellationToken) is { } session
            ? await AnswerAsync(session, cancellationToken)
            : throw ApiException.NotFound("Session");

    /// <summary>
    /// Stores the session unless its contact was deleted. The deletion of a contact ends the sessions that are stored, so none may be
    /// stored after it.
    /// </summary>
    private static async ValueTask<bool> TryStoreAsync(ISqlTransaction db, SessionRow session, AuditRow record, IdempotencyRow? answered)
    {
        if (!await db.AnyAsync(ResourceQueries.Exists, session.ContactId))
            return false;
        await db.RememberAsync(answered);
        await db.InsertAsync(SessionTable.Rows, session);
        await db.AuditAsync(record);
        db.Announce(session.Changed(ChangeKind.Created));
        return true;
    }

    /// <summary>Responds with the newest token of the session.</summary>
    public async Task<SessionCreateResponse> AnswerAsync(SessionRow session, CancellationToken cancellationToken) => new()
    {
        Id = session.ConversationId,
        SessionId = session.Id,
        Token = await tokens.MintAsync(session, cancellationToken),
        ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(session.ExpiresAt),
        RefreshableUntil = session.AbsoluteExpiresAt is { } end ? DateTimeOffset.FromUnixTimeMilliseconds(end) : null,
    };
}
