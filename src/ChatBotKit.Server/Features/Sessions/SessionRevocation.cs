using System.Linq.Expressions;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;
using ChatBotKit.Server.Features.Contacts;
using ChatBotKit.Server.Features.Conversations;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using Microsoft.EntityFrameworkCore;

namespace ChatBotKit.Server.Features.Sessions;

/// <summary>
/// Ends sessions before their time. When an answer comes the tokens are refused and the open streams are closed. A session
/// that is over already stays as it is.
/// </summary>
internal sealed class SessionRevocation(
    IStore store, Security.Sessions sessions, SessionStreams streams, ConversationAccess conversations, ContactStore contacts,
    SessionAudit audit, TimeProvider time)
{
    /// <summary>The session for a change; null when the caller has no such session in the conversation.</summary>
    public static SessionEntity? Find(ServerDbContext db, string conversationId, string sessionId, Caller caller) =>
        db.Sessions.SingleOrDefault(
            row => row.Id == sessionId && row.ConversationId == conversationId && row.AccountId == caller.AccountId);

    /// <exception cref="ApiException">400: a bad reason; 404: no such session.</exception>
    public async Task<IdResponse> RevokeAsync(
        string conversationId, string sessionId, SessionRevokeRequest request, HttpContext context, IdempotentCall call)
    {
        Check(request);
        var caller = context.Caller();
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var response = new IdResponse { Id = sessionId };
        var isFound = await store.WriteAsync(
            db =>
            {
                if (Find(db, conversationId, sessionId, caller) is not { } row)
                    return false;
                if (Session.EndOf(row, now) is null)
                {
                    row.RevokedAt = now;
                    db.NewAuditRecords.Add(audit.Of(context, SessionAuditType.Revoke, row, request.Reason));
                }

                db.Remember(call.Answered(response));
                return true;
            },
            context.RequestAborted);
        if (!isFound)
            throw SessionReading.NotFound();
        End([sessionId]);
        return response;
    }

    /// <exception cref="ApiException">400: a bad reason; 404: no such conversation.</exception>
    public async Task<SessionRevokeResponse> RevokeConversationAsync(
        string conversationId, SessionRevokeRequest request, HttpContext context, IdempotentCall call)
    {
        await conversations.GetAsync(conversationId, context.Caller(), context.RequestAborted);
        return await RevokeAllAsync(conversationId, row => row.ConversationId == conversationId, request, context, call);
    }

    /// <exception cref="ApiException">400: a bad reason; 404: no such contact.</exception>
    public async Task<SessionRevokeResponse> RevokeContactAsync(
        string contactId, SessionRevokeRequest request, HttpContext context, IdempotentCall call)
    {
        if (!await contacts.ExistsAsync(contactId, context.Caller().AccountId, context.RequestAborted))
            throw ApiException.NotFound("Contact");
        return await RevokeAllAsync(contactId, row => row.ContactId == contactId, request, context, call);
    }

    /// <exception cref="ApiException">400: a bad reason.</exception>
    public Task<SessionRevokeResponse> RevokeAccountAsync(SessionRevokeRequest request, HttpContext context, IdempotentCall call) =>
        RevokeAllAsync(context.Caller().AccountId, row => true, request, context, call);

    private async Task<SessionRevokeResponse> RevokeAllAsync(
        string id, Expression<Func<SessionEntity, bool>> which, SessionRevokeRequest request, HttpContext context, IdempotentCall call)
    {
        Check(request);
        var accountId = context.Caller().AccountId;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var (response, ended) = await store.WriteAsync(
            db =>
            {
                var rows = db.Sessions
                    .Where(row => row.AccountId == accountId && row.RevokedAt == null && row.ExpiresAt > now)
                    .Where(which);
                var ending = rows.AsNoTracking().ToList();
                rows.ExecuteUpdate(update => update.SetProperty(row => row.RevokedAt, now));
                db.NewAuditRecords.AddRange(ending.Select(row => audit.Of(context, SessionAuditType.Revoke, row, request.Reason)));
                var revoked = new SessionRevokeResponse { Id = id, Revoked = ending.Count };
                db.Remember(call.Answered(revoked));
                return (revoked, ending.ConvertAll(row => row.Id));
            },
            context.RequestAborted);
        End(ended);
        return response;
    }

    /// <summary>First no new request gets in, then those that are in are ended: between the two, none is missed.</summary>
    private void End(IReadOnlyList<string> sessionIds)
    {
        foreach (var id in sessionIds)
            sessions.Invalidate(id);
        foreach (var id in sessionIds)
            streams.Cut(id, SessionErrors.Revoked());
    }

    private static void Check(SessionRevokeRequest request)
    {
        var faults = new Faults();
        faults.CheckName(request.Reason, "reason");
        if (request.Reason?.Any(char.IsControl) is true)
            faults.Add("\"reason\" must be one line");
        faults.ThrowIfAny();
    }
}
