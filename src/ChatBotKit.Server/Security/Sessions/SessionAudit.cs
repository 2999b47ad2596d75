using System.Diagnostics.Metrics;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Security;

/// <summary>
/// Creates audit records about sessions. The record of a change is stored in the transaction of the change, so that nothing is
/// acknowledged without it. Refusals and first uses are queued, so that requests do not wait for them.
/// </summary>
internal sealed class SessionAudit(AuditQueue queue, ServerOwner owner, SecurityOptions options, TimeProvider time)
{
    private static readonly Meter Meter = new(TelemetryOptions.SourceName);

    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>(
        "chatbotkit.session.refusals", "{request}", "Requests with a session token, or with an unknown token, that were refused.");

    private static readonly Counter<long> Lost = Meter.CreateCounter<long>(
        "chatbotkit.session.audit.lost", "{record}", "Audit records that were dropped because the queue was full.");

    /// <summary>Creates a record of what a request does with a session.</summary>
    /// <param name="context">The request.</param>
    /// <param name="type">The type of the record.</param>
    /// <param name="session">The session.</param>
    /// <param name="code">The error code of a refusal, or the reason of a revocation.</param>
    public AuditRow Of(HttpContext context, SessionAuditType type, SessionRow session, string? code = null)
    {
        var caller = context.CallerOrVisitor();
        // An API token of another account, which creates a session with a public bot, is as unknown to this account as no credential.
        var isOwner = caller is { IsTrusted: true } && caller.AccountId == session.AccountId;
        return new AuditRow
        {
            Id = Ids.New(),
            AccountId = session.AccountId,
            Type = type.Value,
            Code = AuditText.Line(code),
            ActorKind = isOwner ? "owner" : caller?.Session is null && type == SessionAuditType.Mint ? "visitor" : "session",
            ActorId = isOwner ? caller!.ScopeId : session.Id,
            SessionId = session.Id,
            ConversationId = session.ConversationId,
            ContactId = session.ContactId,
            Address = Address(context),
            Origin = AuditText.Origin(context.Request.Headers.Origin.FirstOrDefault()),
            CreatedAt = Now(),
        };
    }

    /// <summary>Creates a record of what the owner does with the server.</summary>
    /// <param name="context">The request.</param>
    /// <param name="type">The type of the record.</param>
    /// <param name="code">The id of the key or token concerned; null for none.</param>
    public AuditRow OfOwner(HttpContext context, SessionAuditType type, string? code) => new()
    {
        Id = Ids.New(),
        AccountId = context.Caller().AccountId,
        Type = type.Value,
        Code = code,
        ActorKind = "owner",
        ActorId = context.Caller().ScopeId,
        Address = Address(context),
        Origin = AuditText.Origin(context.Request.Headers.Origin.FirstOrDefault()),
        CreatedAt = Now(),
    };

    /// <summary>Creates a record of what a person does on a page of the server, or the owner with the API, with a resource of an account.</summary>
    /// <param name="context">The request.</param>
    /// <param name="type">The type of the record.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="resourceId">The resource.</param>
    /// <param name="contactId">The contact whose value of the resource is concerned; null for none.</param>
    public AuditRow OfResource(HttpContext context, SessionAuditType type, string accountId, string resourceId, string? contactId)
    {
        var owner = context.CallerOrVisitor() is { IsTrusted: true } caller && caller.AccountId == accountId ? caller : null;
        return new AuditRow
        {
            Id = Ids.New(),
            AccountId = accountId,
            Type = type.Value,
            Code = resourceId,
            ActorKind = owner is null ? "visitor" : "owner",
            ActorId = owner?.ScopeId,
            ContactId = contactId,
            Address = Address(context),
            Origin = AuditText.Origin(context.Request.Headers.Origin.FirstOrDefault()),
            CreatedAt = Now(),
        };
    }

    /// <summary>Creates a record of what the server itself does with the key or token of this id.</summary>
    public static AuditRow OfSystem(string accountId, SessionAuditType type, string code, long now) => new()
    {
        Id = Ids.New(),
        AccountId = accountId,
        Type = type.Value,
        Code = code,
        ActorKind = "system",
        CreatedAt = now,
    };

    /// <summary>Records that a request was answered with this error, if it is a refusal of a session token.</summary>
    public void Refused(HttpContext context, ErrorCode code)
    {
        if (!IsRefusal(code))
            return;
        if (context.Features.Get<Session>() is { } session)
        {
            Refusals.Add(1, new KeyValuePair<string, object?>("code", code.Code));
            if (!queue.AddRefusal(Of(context, SessionAuditType.Refuse, session.Row, code.Code)))
                Lost.Add(1);
        }
        else if (context.Features.Get<Caller>() is null && context.Request.Headers.Authorization.Count > 0)
        {
            RefuseStranger(context, code);
        }
    }

    /// <summary>Records the first use of a session.</summary>
    public void Used(HttpContext context)
    {
        if (context.Features.Get<Session>() is not { Row: { FirstUsedAt: null } session } || queue.IsUsed(session.Id))
            return;
        if (!queue.AddUse(Of(context, SessionAuditType.Use, session)))
            Lost.Add(1);
    }

    private static bool IsRefusal(ErrorCode code) =>
        code.Status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden
        || code.Code.StartsWith("SESSION_", StringComparison.Ordinal);

    /// <summary>
    /// Records the refusal of an unknown caller in the audit of the server's owner. No other account can be informed, because the
    /// token's claims may be forged.
    /// </summary>
    private void RefuseStranger(HttpContext context, ErrorCode code)
    {
        Refusals.Add(1, new KeyValuePair<string, object?>("code", code.Code));
        if (owner.AccountId is not { } account)
            return;
        var record = new AuditRow
        {
            Id = Ids.New(),
            AccountId = account,
            Type = SessionAuditType.RefuseToken.Value,
            Code = code.Code,
            ActorKind = "stranger",
            ActorId = context.Features.Get<ApiToken>()?.Id,
            Address = Address(context),
            Origin = AuditText.Origin(context.Request.Headers.Origin.FirstOrDefault()),
            CreatedAt = Now(),
        };
        if (!queue.AddRefusal(record))
            Lost.Add(1);
    }

    private string? Address(HttpContext context) =>
        AuditAddresses.Of(context.Connection.RemoteIpAddress, options.AuditAddress);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
