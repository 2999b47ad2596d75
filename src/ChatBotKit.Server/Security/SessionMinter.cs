using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Security;

/// <summary>Opens sessions: the row, and the token that is good as long as the row says so.</summary>
internal sealed class SessionMinter(IStore store, SessionTokens tokens, TimeProvider time)
{
    public const int MinSeconds = 1800;
    public const int MaxSeconds = 86_400;
    public const int DefaultSeconds = 3600;

    /// <param name="conversation">The conversation; the caller was already found to own it.</param>
    /// <param name="durationInSeconds">Null for the default.</param>
    /// <param name="call">Its row is stored together with the session.</param>
    /// <param name="cancellationToken">Gives up before the session is stored; not after.</param>
    /// <exception cref="ApiException">400: a duration outside the limits.</exception>
    /// <exception cref="MissingParentException">The conversation is gone.</exception>
    public async Task<SessionCreateResponse> MintAsync(
        ConversationEntity conversation, int? durationInSeconds, IdempotentCall call, CancellationToken cancellationToken)
    {
        if (durationInSeconds is < MinSeconds or > MaxSeconds)
            throw ApiException.BadRequest($"\"durationInSeconds\" must be from {MinSeconds} to {MaxSeconds}");
        // Whole seconds, because that is what a token can say.
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var session = new SessionEntity
        {
            Id = Ids.New(),
            AccountId = conversation.AccountId,
            ConversationId = conversation.Id,
            ContactId = conversation.ContactId,
            CreatedAt = now.ToUnixTimeMilliseconds(),
            ExpiresAt = now.AddSeconds(durationInSeconds ?? DefaultSeconds).ToUnixTimeMilliseconds(),
            DurationInSeconds = durationInSeconds ?? DefaultSeconds,
        };
        var response = await AnswerAsync(session, cancellationToken);
        await store.CommitAsync(new WriteSet { Session = session, Idempotency = call.AnsweredFrom(session.Id) });
        return response;
    }

    /// <summary>Answers a repeated request: the same session with a token signed anew, since tokens are not kept.</summary>
    /// <exception cref="ApiException">404: the session went with its conversation.</exception>
    public async Task<SessionCreateResponse> RepeatAsync(string sessionId, CancellationToken cancellationToken) =>
        await store.FindSessionAsync(sessionId, cancellationToken) is { } session
            ? await AnswerAsync(session, cancellationToken)
            : throw ApiException.NotFound("Session");

    private async Task<SessionCreateResponse> AnswerAsync(SessionEntity session, CancellationToken cancellationToken) => new()
    {
        Id = session.ConversationId,
        SessionId = session.Id,
        Token = await tokens.MintAsync(session, cancellationToken),
        ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(session.ExpiresAt),
    };
}
