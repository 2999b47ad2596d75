using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Contacts;
using ChatBotKit.Server.Features.Conversations.Messages;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations;

/// <summary>Makes conversations, with the messages that they begin with.</summary>
internal sealed class ConversationCreation(IStore store, ModelRegistry models, ContactStore contacts, TimeProvider time)
{
    /// <exception cref="ApiException">400: a field that can't be used.</exception>
    public async Task<ConversationCreateResponse> CreateAsync(
        ConversationCreateRequest request, Caller caller, IdempotentCall call, CancellationToken cancellationToken)
    {
        request.Check(models);
        var contactId = await contacts.ResolveAsync(request.ContactId, caller.AccountId, cancellationToken);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var conversation = request.ToRow(Ids.New(), caller.AccountId, contactId, now);
        var messages = (request.Messages ?? [])
            .Select((message, index) => message.ToRow(conversation.Id, position: index + 1, createdAt: now + index))
            .ToList();
        var response = new ConversationCreateResponse
        {
            Id = conversation.Id,
            Messages = request.Messages is null ? null : messages.ConvertAll(message => message.ToConversationMessage()),
        };
        await store.CommitAsync(new WriteSet
        {
            Conversation = conversation,
            Messages = messages,
            Idempotency = call.Answered(response),
        });
        return response;
    }
}
