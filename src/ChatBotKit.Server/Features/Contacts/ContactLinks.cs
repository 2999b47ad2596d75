using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;
using ChatBotKit.Server.Features.Conversations;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Contacts;

/// <summary>Says who a conversation is with.</summary>
/// <remarks>
/// What a session says is what a visitor typed: it may link a conversation that has no contact yet, and describe a contact
/// that nobody knew. It changes no contact that exists, since others may be known under the same details, and it takes no
/// conversation from one contact to another.
/// </remarks>
internal sealed class ContactLinks(IStore store, IConversationHolder holder, TimeProvider time)
{
    /// <returns>The id of the contact that the conversation is with from now on.</returns>
    /// <exception cref="ApiException">
    /// 400: details that can't be used; 404: no such conversation; 409: the contact is one that the owner vouches for.
    /// </exception>
    public async Task<IdResponse> UpsertAsync(
        string conversationId, ContactUpsertRequest request, Caller caller, IdempotentCall call, CancellationToken cancellationToken)
    {
        var details = ContactDetails.From(request, caller.IsTrusted);
        var (newId, now) = (Ids.New(), time.GetUtcNow().ToUnixTimeMilliseconds());
        var (isFound, contactId) = await store.WriteAsync<(bool, string?)>(
            db =>
            {
                if (db.Conversations.SingleOrDefault(row => row.Id == conversationId && row.AccountId == caller.AccountId) is not { } conversation)
                    return (false, null);
                if (ContactFor(db, conversation, details, caller, newId, now) is not { } id)
                    return (true, null);
                conversation.ContactId = id;
                db.Remember(call.Answered(new IdResponse { Id = id }));
                return (true, id);
            },
            cancellationToken);
        if (!isFound)
            throw ConversationAccess.NotFound();
        if (contactId is null)
            throw ApiException.Conflict("A contact with these details can only be linked by the owner");
        await holder.InvalidateAsync(conversationId);
        return new IdResponse { Id = contactId };
    }

    /// <returns>The contact's id; null when the caller may not have that contact.</returns>
    private static string? ContactFor(
        ServerDbContext db, ConversationEntity conversation, ContactDetails details, Caller caller, string newId, long now)
    {
        if (conversation.ContactId is { } linked)
        {
            if (caller.IsTrusted && db.Contacts.SingleOrDefault(row => row.Id == linked) is { } contact
                && (!details.IsVerified || contact.Fingerprint == details.Fingerprint))
                details.ApplyTo(contact, now);
            return linked;
        }

        if (caller.IsTrusted)
            return ContactStore.Put(db, details, newId, caller.AccountId, now).Id;
        if (caller.Session?.ContactId is { } own)
            return own;
        if (ContactStore.Find(db, details.Fingerprint, caller.AccountId) is { } known)
            return known.Verified ? null : known.Id;
        return db.Add(details.ToEntity(newId, caller.AccountId, now)).Entity.Id;
    }
}
