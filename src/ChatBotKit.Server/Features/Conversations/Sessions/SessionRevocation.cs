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
    IStore store, Security.Sessions sessions, SessionStreams streams, ConversationAccess conversations, ContactStore contacts,
    SessionAudit audit, SessionOrigins origins, TimeProvider time)
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
                    await db.RevokeSessionAsync(sessionId, now);
                    await db.AuditAsync(audit.Of(context, SessionAuditType.Revoke, row, request.Reason));
                }

                await db.RememberAsync(call.Answered(response));
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
    /// <returns>The ids of the sessions, for <see cref="EndAll"/>.</returns>
    public async ValueTask<List<string>> RevokeEveryoneWithAsync(ISqlTransaction db, string contactId, HttpContext context)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var ended = await RevokeBatchAsync(db, query => SessionTable.AddEveryoneWith(query, contactId), ContactDeleted, now, int.MaxValue, context);
        return ended.ConvertAll(row => row.Id);
    }

    /// <summary>To be called after the transaction in which sessions were revoked.</summary>
    public void EndAll(IReadOnlyList<string> sessionIds)
    {
        End(sessionIds);
        origins.InvalidateAll();
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
            EndAll(ended.ConvertAll(row => row.Id));
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
