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
    SessionAudit audit, SessionOrigins origins, TimeProvider time)
{
    /// <summary>How many are revoked in one transaction: each has an audit record, and other writes wait meanwhile.</summary>
    private const int BatchSize = 1000;

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
        origins.Invalidate(conversationId);
        return response;
    }

    /// <exception cref="ApiException">400: a bad reason; 404: no such conversation.</exception>
    public async Task<SessionRevokeResponse> RevokeConversationAsync(
        string conversationId, SessionRevokeRequest request, HttpContext context, IdempotentCall call)
    {
        await conversations.GetAsync(conversationId, context.Caller(), context.RequestAborted);
        return await RevokeAllAsync(conversationId, _ => row => row.ConversationId == conversationId, request, context, call);
    }

    /// <exception cref="ApiException">400: a bad reason; 404: no such contact.</exception>
    public async Task<SessionRevokeResponse> RevokeContactAsync(
        string contactId, SessionRevokeRequest request, HttpContext context, IdempotentCall call)
    {
        if (!await contacts.ExistsAsync(contactId, context.Caller().AccountId, context.RequestAborted))
            throw ApiException.NotFound("Contact");
        return await RevokeAllAsync(contactId, db => OfContact(db, contactId), request, context, call);
    }

    /// <exception cref="ApiException">400: a bad reason.</exception>
    public Task<SessionRevokeResponse> RevokeAccountAsync(SessionRevokeRequest request, HttpContext context, IdempotentCall call) =>
        RevokeAllAsync(context.Caller().AccountId, _ => row => true, request, context, call);

    /// <summary>
    /// The sessions of the contact, and those without one in a conversation of the contact: whoever was there before the
    /// conversation was given to the contact may read on.
    /// </summary>
    private static Expression<Func<SessionEntity, bool>> OfContact(ServerDbContext db, string contactId) => row =>
        row.ContactId == contactId
        || (row.ContactId == null
            && db.Conversations.Any(conversation => conversation.Id == row.ConversationId && conversation.ContactId == contactId));

    private async Task<SessionRevokeResponse> RevokeAllAsync(
        string id, Func<ServerDbContext, Expression<Func<SessionEntity, bool>>> which, SessionRevokeRequest request, HttpContext context,
        IdempotentCall call)
    {
        Check(request);
        var caller = context.Caller();
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var response = new SessionRevokeResponse { Id = id, Revoked = 0 };
        for (var isLast = false; !isLast;)
        {
            var before = response.Revoked;
            var ended = await store.WriteAsync(
                db =>
                {
                    var ending = RevokeBatch(db, caller.AccountId, which(db), now);
                    db.NewAuditRecords.AddRange(ending.Select(row => audit.Of(context, SessionAuditType.Revoke, row, request.Reason)));
                    response = response with { Revoked = before + ending.Count };
                    if (ending.Count < BatchSize)
                        db.Remember(call.Answered(response));
                    return ending;
                },
                // Once begun, it is not left half done because the caller has gone.
                before == 0 ? context.RequestAborted : CancellationToken.None);
            End(ended.ConvertAll(row => row.Id));
            origins.InvalidateAll();
            isLast = ended.Count < BatchSize;
        }

        return response;
    }

    /// <summary>The next sessions that are revoked in one transaction. Those that were opened since the command are left.</summary>
    private static List<SessionEntity> RevokeBatch(
        ServerDbContext db, string accountId, Expression<Func<SessionEntity, bool>> which, long now)
    {
        var active = db.Sessions
            .Where(row => row.AccountId == accountId && row.RevokedAt == null && row.ExpiresAt > now && row.CreatedAt <= now)
            .Where(which);
        var ending = active.OrderBy(row => row.Id).Take(BatchSize).AsNoTracking().ToList();
        if (ending.Count == 0)
            return ending;
        // The same rows again, without naming a thousand of them.
        var last = ending[^1].Id;
        active.Where(row => string.Compare(row.Id, last) <= 0).ExecuteUpdate(update => update.SetProperty(row => row.RevokedAt, now));
        return ending;
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
