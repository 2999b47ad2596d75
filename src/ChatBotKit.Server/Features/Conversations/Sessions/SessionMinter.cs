using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Sessions;

/// <summary>Opens sessions: the row, and the token that is good as long as the row says so.</summary>
internal sealed class SessionMinter(IStore store, SessionTokens tokens)
{
    /// <param name="session">The new row; the caller was already found to own the conversation.</param>
    /// <param name="record">What the audit says of it.</param>
    /// <param name="call">Its row is stored together with the session.</param>
    /// <param name="cancellationToken">Gives up before the session is stored; not after.</param>
    /// <exception cref="MissingParentException">The conversation is gone.</exception>
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

    /// <summary>Answers a repeated request: the same session with a token signed anew, since tokens are not kept.</summary>
    /// <exception cref="ApiException">404: the session went with its conversation.</exception>
    public async Task<SessionCreateResponse> RepeatAsync(string sessionId, CancellationToken cancellationToken) =>
        await store.FindSessionAsync(sessionId, cancellationToken) is { } session
            ? await AnswerAsync(session, cancellationToken)
            : throw ApiException.NotFound("Session");

    /// <summary>The newest token of the session.</summary>
    public async Task<SessionCreateResponse> AnswerAsync(SessionRow session, CancellationToken cancellationToken) => new()
    {
        Id = session.ConversationId,
        SessionId = session.Id,
        Token = await tokens.MintAsync(session, cancellationToken),
        ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(session.ExpiresAt),
        RefreshableUntil = session.AbsoluteExpiresAt is { } end ? DateTimeOffset.FromUnixTimeMilliseconds(end) : null,
    };
}
