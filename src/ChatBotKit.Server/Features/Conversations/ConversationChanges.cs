using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Conversations.Attachments;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations;

/// <summary>Changes and deletes conversations, and tells everybody who holds something of them.</summary>
internal sealed class ConversationChanges(
    IStore store, ModelRegistry models, ConversationReferences references, IConversationHolder holder, SessionStreams sessions, SessionOrigins origins,
    AttachmentFiles files, TimeProvider time)
{
    /// <exception cref="ApiException">400: a field that can't be used; 404: no such conversation.</exception>
    public async Task<IdResponse> UpdateAsync(
        string conversationId, ConversationUpdateRequest request, Caller caller, IdempotentCall call, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        faults.Check(request, models);
        var links = await references.ResolveAsync(
            ConversationLinks.Of(request), request.ContactId.Value, caller.AccountId, faults, cancellationToken);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var response = new IdResponse { Id = conversationId };
        var (linked, refusal) = await store.ChangeAsync<(string?, ApiException?)>(
            async db =>
            {
                if (await db.FindConversationAsync(conversationId, caller.AccountId) is not { } row)
                    return (null, ConversationAccess.NotFound());
                if (!await links.AreThereAsync(db))
                    return (null, ConversationLinks.Gone());
                request.ApplyTo(links, row);
                row.UpdatedAt = now;
                await db.UpdateAsync(ConversationTable.Rows, row);
                await db.RememberAsync(call.Answered(response));
                return (row.ContactId, null);
            },
            cancellationToken);
        if (refusal is not null)
            throw refusal;
        sessions.CutOtherContacts(conversationId, linked);
        await holder.InvalidateAsync(conversationId);
        return response;
    }

    /// <exception cref="ApiException">404: no such conversation.</exception>
    public async Task<IdResponse> DeleteAsync(
        string conversationId, Caller caller, IdempotentCall call, CancellationToken cancellationToken)
    {
        var response = new IdResponse { Id = conversationId };
        var attachments = await store.ChangeAsync<List<string>?>(
            async db =>
            {
                if (await db.FindConversationAsync(conversationId, caller.AccountId) is null)
                    return null;
                var ids = await db.ListAttachmentIdsAsync(conversationId);
                await db.DeleteConversationAsync(conversationId);
                await db.RememberAsync(call.Answered(response));
                return ids;
            },
            cancellationToken);
        if (attachments is null)
            throw ConversationAccess.NotFound();
        sessions.CutConversation(conversationId);
        origins.Invalidate(conversationId);
        await holder.RemoveAsync(conversationId);
        files.Delete(attachments);
        return response;
    }
}
