using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Contacts;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Sessions;

/// <summary>Creates sessions for the owner of a conversation.</summary>
internal sealed class SessionCreation(
    ConversationAccess conversations, ContactStore contacts, SessionMinter minter, SessionAudit audit, SecurityOptions options,
    IUsageGate gate, TimeProvider time)
{
    /// <summary>How often the creation is tried when its contact is deleted at the same time.</summary>
    private const int MaxTries = 5;

    /// <exception cref="ApiException">400: a field is invalid; 404: the conversation does not exist; 429: a policy blocks its bot.</exception>
    public async Task<SessionCreateResponse> CreateAsync(
        string conversationId, SessionCreateRequest request, HttpContext context, IdempotentCall call)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var conversation = await conversations.GetAsync(conversationId, context.Caller(), context.RequestAborted);
            (await gate.FindRefusalAsync(conversation.AccountId, conversation.BotId)).ThrowIfRefused();
            var terms = SessionTerms.From(request, options.SessionMaxSeconds);
            var contactId = await ContactOfAsync(conversation, request.ContactId, context.RequestAborted);
            var session = terms.ToRow(conversation, contactId, time.GetUtcNow());
            var record = audit.Of(context, SessionAuditType.Mint, session);
            // Without its contact the conversation is another one, and a contact that the request names is refused.
            if (await minter.MintAsync(session, record, call, context.RequestAborted) is { } response)
                return response;
        }

        throw ApiException.BadRequest(ContactStore.Unknown);
    }

    private async Task<string?> ContactOfAsync(ConversationRow conversation, string? asked, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(asked) || asked == conversation.ContactId)
            return conversation.ContactId;
        return conversation.ContactId is null
            ? await contacts.ResolveAsync(asked, conversation.AccountId, cancellationToken)
            : throw ApiException.BadRequest("\"contactId\" must be the contact of the conversation");
    }
}
