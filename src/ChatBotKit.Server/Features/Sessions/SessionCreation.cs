using ChatBotKit.Server.Data.Entities;
using ChatBotKit.Server.Features.Contacts;
using ChatBotKit.Server.Features.Conversations;
using ChatBotKit.Server.Hosting;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Sessions;

/// <summary>Opens sessions for the owner of a conversation.</summary>
internal sealed class SessionCreation(
    ConversationAccess conversations, ContactStore contacts, SessionMinter minter, SessionAudit audit, ServerOptions options,
    TimeProvider time)
{
    /// <exception cref="ApiException">400: terms that can't be had; 404: no such conversation.</exception>
    public async Task<SessionCreateResponse> CreateAsync(
        string conversationId, SessionCreateRequest request, HttpContext context, IdempotentCall call)
    {
        var conversation = await conversations.GetAsync(conversationId, context.Caller(), context.RequestAborted);
        var terms = SessionTerms.From(request, options.SessionMaxSeconds);
        var contactId = await ContactOfAsync(conversation, request.ContactId, context.RequestAborted);
        var session = terms.ToEntity(conversation, contactId, time.GetUtcNow());
        var record = audit.Of(context, SessionAuditType.Mint, session);
        return await minter.MintAsync(session, record, call, context.RequestAborted);
    }

    private async Task<string?> ContactOfAsync(ConversationEntity conversation, string? asked, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(asked) || asked == conversation.ContactId)
            return conversation.ContactId;
        return conversation.ContactId is null
            ? await contacts.ResolveAsync(asked, conversation.AccountId, cancellationToken)
            : throw ApiException.BadRequest("\"contactId\" must be the contact of the conversation");
    }
}
