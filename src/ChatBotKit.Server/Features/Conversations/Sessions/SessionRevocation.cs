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
/// Revokes sessions. When the response is sent, their tokens are refused and their open streams have ended. Sessions that have
/// already ended are not changed.
/// </summary>
internal sealed class SessionRevocation(
    IStore store, ConversationAccess conversations, ContactStore contacts, SessionAudit audit, TimeProvider time)
{
    /// <summary>
    /// How many sessions are revoked in one transaction. It is limited because each one adds an audit record, and other writes must
    /// wait.
    /// </summary>
    private const int BatchSize = 1000;

    private static readonly SessionRevokeRequest ContactDeleted = new() { Reason = "The contact was deleted" };

    /// <exception cref="ApiException">400: the reason is invalid; 404: the session does not exist.</exception>
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
                    // The request that revoked the session may still be in progress. This response must not be sent before streams
                    // have ended.
                    db.Announce(row.Changed(ChangeKind.Revoked));
                }

                await db.RememberAsync(call.Answered(response));
                return true;
            },
            context.RequestAborted);
        return isFound ? response : throw SessionReading.NotFound();
    }

    /// <exception cref="ApiException">400: the reason is invalid; 404: the conversation does not exist.</exception>
    public async Task<SessionRevokeResponse> RevokeConversationAsync(
        string conversationId, SessionRevokeRequest request, HttpContext context, IdempotentCall call)
    {
        await conversations.GetAsync(conversationId, context.Caller(), context.RequestAborted);
        return await RevokeAllAsync(
            conversationId, query => SessionTable.AddConversation(query, conversationId), request, context, call);
    }

    /// <exception cref="ApiException">400: the reason is invalid; 404: the contact does not exist.</exception>
    public async Task<SessionRevokeResponse> RevokeContactAsync(
        string contactId, SessionRevokeRequest request, HttpContext context, IdempotentCall call)
    {
        var contact = await contacts.FindAsync(contactId, context.Caller().AccountId, context.RequestAborted)
            ?? throw ApiException.NotFound("Contact");
        return await RevokeAllAsync(contact.Id, query => SessionTable.AddContact(query, contact.Id), request, context, call);
    }

    /// <exception cref="ApiException">400: the reason is invalid.</exception>
    public Task<SessionRevokeResponse> RevokeAccountAsync(SessionRevokeRequest request, HttpContext context, IdempotentCall call) =>
        RevokeAllAsync(context.Caller().AccountId, static _ => { }, request, context, call);

    /// <summary>Revokes the sessions of <see cref="SessionTable.AddEveryoneWith"/> before their contact is deleted.</summary>
    public Task RevokeEveryoneWithAsync(string contactId, HttpContext context) => RevokeAllAsync(
        contactId, query => SessionTable.AddEveryoneWith(query, contactId), ContactDeleted, context, call: null);

    /// <summary>Revokes sessions that were created since then, within the transaction that deletes the contact.</summary>
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
                // After the first batch, the request can't be cancelled, so that all sessions are revoked.
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
