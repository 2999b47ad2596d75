using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Conversations.Sessions;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Contacts;

/// <summary>
/// Deletes contacts. Their conversations and ratings remain without a contact. All sessions of these conversations are revoked, and
/// all sessions that act as the contact. Otherwise sessions of other contacts, which had no access before, could use a conversation
/// without a contact.
/// </summary>
internal sealed class ContactRemoval(
    ResourceKinds kinds, ResourceRemoval removal, ContactStore contacts, SessionRevocation sessions)
{
    /// <exception cref="ApiException">404: the contact does not exist.</exception>
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
