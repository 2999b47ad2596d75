using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Contacts;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Sessions;

/// <summary>
/// Ends sessions before their time. When an answer comes the tokens are refused and the open streams are closed. A session
/// that is over already stays as it is.
/// </summary>
internal sealed class SessionRevocation(
    IStore store, ConversationAccess conversations, ContactStore contacts, SessionAudit audit, TimeProvider time)
{
    /// <summary>How many are revoked in one transaction: each has an audit record, and other writes wait meanwhile.</summary>
    private const int BatchSize = 1000;

    private static readonly SessionRevokeRequest ContactDeleted = new() { Reason = "The contact was deleted" };

    /// <exception cref="ApiException">400: a bad reason; 404: no such session.</exception>
    public async Task<IdResponse> RevokeAsync(
        string conversationId, string sessionId, SessionRevokeRequest request, HttpContext context, IdempotentCall call)
    {
        Check(request);
        var caller = context.Caller();
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var response = new IdResponse { Id = sessionId };
        var isFound = await store.ChangeAsync(
            async db =>
            {
                if (await db.FindSessionAsync(sessionId, conversationId, caller.AccountId) is not { } row)
                    return false;
                if (Session.EndOf(row, now) is null)
                {
                    await db.RevokeSessionAsync(row, now);
                    await db.AuditAsync(audit.Of(context, SessionAuditType.Revoke, row, request.Reason));
                }
                else
                {
                    // The request that ended it may still be at work, and this caller must find the session ended.
                    db.Announce(row.Changed(ChangeKind.Revoked));
                }

                await db.RememberAsync(call.Answered(response));
                return true;
            },
            context.RequestAborted);
        return isFound ? response : throw SessionReading.NotFound();
    }

    /// <exception cref="ApiException">400: a bad reason; 404: no such conversation.</exception>
    public async Task<SessionRevokeResponse> RevokeConversationAsync(
        string conversationId, SessionRevokeRequest request, HttpContext context, IdempotentCall call)
    {
        await conversations.GetAsync(conversationId, context.Caller(), context.RequestAborted);
        return await RevokeAllAsync(
            conversationId, query => SessionTable.AddConversation(query, conversationId), request, context, call);
    }

    /// <exception cref="ApiException">400: a bad reason; 404: no such contact.</exception>
    public async Task<SessionRevokeResponse> RevokeContactAsync(
        string contactId, SessionRevokeRequest request, HttpContext context, IdempotentCall call)
    {
        var contact = await contacts.FindAsync(contactId, context.Caller().AccountId, context.RequestAborted)
            ?? throw ApiException.NotFound("Contact");
        return await RevokeAllAsync(contact.Id, query => SessionTable.AddContact(query, contact.Id), request, context, call);
    }

    /// <exception cref="ApiException">400: a bad reason.</exception>
    public Task<SessionRevokeResponse> RevokeAccountAsync(SessionRevokeRequest request, HttpContext context, IdempotentCall call) =>
        RevokeAllAsync(context.Caller().AccountId, static _ => { }, request, context, call);

    /// <summary>Ends the sessions that <see cref="SessionTable.AddEveryoneWith"/> names, before their contact is deleted.</summary>
    public Task RevokeEveryoneWithAsync(string contactId, HttpContext context) => RevokeAllAsync(
        contactId, query => SessionTable.AddEveryoneWith(query, contactId), ContactDeleted, context, call: null);

    /// <summary>Ends those that were opened since, inside the transaction of the deletion.</summary>
    public async ValueTask RevokeEveryoneWithAsync(ISqlTransaction db, string contactId, HttpContext context)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await RevokeBatchAsync(db, query => SessionTable.AddEveryoneWith(query, contactId), ContactDeleted, now, int.MaxValue, context);
    }

    private async Task<SessionRevokeResponse> RevokeAllAsync(
        string id, Action<SqlQuery> which, SessionRevokeRequest request, HttpContext context, IdempotentCall? call)
    {
        Check(request);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var response = new SessionRevokeResponse { Id = id, Revoked = 0 };
        for (var isLast = false; !isLast;)
        {
            var before = response.Revoked;
            var ended = await store.ChangeAsync(
                async db =>
                {
                    var ending = await RevokeBatchAsync(db, which, request, now, BatchSize, context);
                    response = response with { Revoked = before + ending.Count };
                    if (ending.Count < BatchSize)
                        await db.RememberAsync(call?.Answered(response));
                    return ending;
                },
                // Once begun, it is not left half done because the caller has gone.
                before == 0 ? context.RequestAborted : CancellationToken.None);
            isLast = ended.Count < BatchSize;
        }

        return response;
    }

    private async ValueTask<List<SessionRow>> RevokeBatchAsync(
        ISqlTransaction db, Action<SqlQuery> which, SessionRevokeRequest request, long now, int take, HttpContext context)
    {
        var ending = await db.RevokeSessionsAsync(context.Caller().AccountId, which, now, take);
        foreach (var row in ending)
            await db.AuditAsync(audit.Of(context, SessionAuditType.Revoke, row, request.Reason));
        return ending;
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
