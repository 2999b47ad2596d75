using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Conversations.Sessions;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Contacts;

/// <summary>
/// Deletes contacts. Their conversations and ratings stay without one. All sessions of these conversations end, and all that act as
/// the contact: otherwise a conversation without its contact would be open to sessions of others that were kept out of it.
/// </summary>
internal sealed class ContactRemoval(
    ResourceKinds kinds, ResourceRemoval removal, ContactStore contacts, SessionRevocation sessions)
{
    /// <exception cref="ApiException">404: no such contact.</exception>
    public async Task<IdResponse> RemoveAsync(string contactId, HttpContext context, IdempotentCall call)
    {
        var kind = kinds.Find(ContactKind.Name)!;
        var contact = await contacts.FindAsync(contactId, context.Caller().AccountId, context.RequestAborted)
            ?? throw ApiException.NotFound(kind.Title);
        var response = new IdResponse { Id = contact.Id };
        await sessions.RevokeEveryoneWithAsync(contact.Id, context);
        await removal.RemoveAsync(
            kind, contact, Removal.Alone, call.Answered(response), CancellationToken.None,
            before: db => sessions.RevokeEveryoneWithAsync(db, contact.Id, context));
        return response;
    }
}
