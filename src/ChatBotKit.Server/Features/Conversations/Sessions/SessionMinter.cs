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
    /// <exception cref="MissingParentException">The conversation was deleted.</exception>
    public async Task<SessionCreateResponse> MintAsync(
        SessionRow session, AuditRow record, IdempotentCall call, CancellationToken cancellationToken)
    {
        var response = await AnswerAsync(session, cancellationToken);
        await store.CommitAsync(new WriteSet
        {
            Session = session,
            Audit = [record],
            Idempotency = call.AnsweredFrom(session.Id),
        });
        return response;
    }

    /// <summary>Responds to a repeated request with the same session. Its token is signed again, because tokens are not stored.</summary>
    /// <exception cref="ApiException">404: the session was deleted with its conversation.</exception>
    public async Task<SessionCreateResponse> RepeatAsync(string sessionId, CancellationToken cancellationToken) =>
        await store.FindSessionAsync(sessionId, cancellationToken) is { } session
            ? await AnswerAsync(session, cancellationToken)
            : throw ApiException.NotFound("Session");

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
