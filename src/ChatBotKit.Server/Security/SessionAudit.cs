using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;

namespace ChatBotKit.Server.Security;

/// <summary>
/// Makes the records of what is done with sessions. They are stored in the transaction of what they tell about, so that
/// nothing is acknowledged without its record.
/// </summary>
internal sealed class SessionAudit(TimeProvider time)
{
    /// <summary>A record of what the request does with the session.</summary>
    /// <param name="context">The request.</param>
    /// <param name="type">What it does.</param>
    /// <param name="session">The session that it does it with.</param>
    /// <param name="code">The error code of a refusal, the reason of a revocation.</param>
    public AuditEntity Of(HttpContext context, SessionAuditType type, SessionEntity session, string? code = null)
    {
        var caller = context.Features.Get<Caller>();
        return new AuditEntity
        {
            Id = Ids.New(),
            AccountId = session.AccountId,
            Type = type.Value,
            Code = code,
            ActorKind = caller is { IsTrusted: true } ? "owner" : "session",
            ActorId = caller is { IsTrusted: true } ? caller.ScopeId : session.Id,
            SessionId = session.Id,
            ConversationId = session.ConversationId,
            ContactId = session.ContactId,
            Address = context.Connection.RemoteIpAddress?.ToString(),
            Origin = context.Request.Headers.Origin.FirstOrDefault(),
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
    }
}
