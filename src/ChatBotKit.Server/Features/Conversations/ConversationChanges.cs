using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations;

/// <summary>Updates and deletes conversations.</summary>
internal sealed class ConversationChanges(
    IStore store, ModelRegistry models, Moderator moderator, ConversationReferences references, TimeProvider time)
{
    /// <exception cref="ApiException">400: a field is invalid; 404: the conversation does not exist.</exception>
    public async Task<IdResponse> UpdateAsync(
        string conversationId, ConversationUpdateRequest request, Caller caller, IdempotentCall call, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        faults.Check(request, models, moderator);
        var links = await references.ResolveAsync(
            ConversationLinks.Of(request), request.ContactId.Value, caller.AccountId, faults, cancellationToken);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var response = new IdResponse { Id = conversationId };
        var refusal = await store.ChangeAsync(
            async db =>
            {
                if (await db.FindConversationAsync(conversationId, caller.AccountId) is not { } row)
                    return ConversationAccess.NotFound();
                if (!await links.AreThereAsync(db))
                    return ConversationLinks.Gone();
                request.ApplyTo(links, row);
                row.UpdatedAt = now;
                await db.ChangeConversationAsync(row);
                await db.RememberAsync(call.Answered(response));
                return null;
            },
            cancellationToken);
        return refusal is null ? response : throw refusal;
    }

    /// <exception cref="ApiException">404: the conversation does not exist.</exception>
    public async Task<IdResponse> DeleteAsync(
        string conversationId, Caller caller, IdempotentCall call, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var response = new IdResponse { Id = conversationId };
        var isThere = await store.ChangeAsync(
            async db =>
            {
                if (await db.FindConversationAsync(conversationId, caller.AccountId) is not { } row)
                    return false;
                await db.DeleteConversationAsync(row, now);
                await db.RememberAsync(call.Answered(response));
                return true;
            },
            cancellationToken);
        return isThere ? response : throw ConversationAccess.NotFound();
    }
}
