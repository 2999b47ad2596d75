using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Conversations.Messages;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations;

/// <summary>Creates conversations with their initial messages.</summary>
internal sealed class ConversationCreation(
    IStore store, ModelRegistry models, Moderator moderator, ConversationReferences references, TimeProvider time)
{
    /// <exception cref="ApiException">400: a field is invalid.</exception>
    public async Task<ConversationCreateResponse> CreateAsync(
        ConversationCreateRequest request, Caller caller, IdempotentCall call, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        faults.Check(request, models, moderator);
        var links = await references.ResolveAsync(
            ConversationLinks.Of(request), request.ContactId, caller.AccountId, faults, cancellationToken);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var conversation = request.ToRow(Ids.New(), caller.AccountId, links, now);
        var messages = (request.Messages ?? [])
            .Select((message, index) => message.ToRow(conversation.Id, position: index + 1, createdAt: now + index))
            .ToList();
        var response = new ConversationCreateResponse
        {
            Id = conversation.Id,
            Messages = request.Messages is null ? null : messages.ConvertAll(message => message.ToConversationMessage()),
        };
        await StoreAsync(
            new WriteSet
            {
                Conversation = conversation,
                Messages = messages,
                Events = conversation.EventsOfCreation(messages),
                Idempotency = call.Answered(response),
            },
            links,
            cancellationToken);
        return response;
    }

    private async Task StoreAsync(WriteSet writes, ConversationLinks links, CancellationToken cancellationToken)
    {
        if (!links.NamesResources)
            await store.CommitAsync(writes);
        else if (!await store.ChangeAsync(db => TryStoreAsync(db, writes, links), cancellationToken))
            throw ConversationLinks.Gone();
    }

    /// <returns>False when a referenced resource was deleted meanwhile.</returns>
    private static async ValueTask<bool> TryStoreAsync(ISqlTransaction db, WriteSet writes, ConversationLinks links)
    {
        if (!await links.AreThereAsync(db))
            return false;
        await db.AddConversationAsync(writes.Conversation!, writes.Messages);
        foreach (var key in writes.IdempotencyKeys)
            await db.RememberAsync(key);
        return true;
    }
}
