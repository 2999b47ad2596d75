using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Conversations;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Contacts;

/// <summary>Says who a conversation is with.</summary>
/// <remarks>
/// What a session says is what a visitor typed: it may link a conversation that has no contact yet, and describe a contact
/// that nobody knew. It changes no contact that exists, since others may be known under the same details, and it takes no
/// conversation from one contact to another. A session that the owner gave to a contact describes that contact and no other,
/// and of one that the owner vouches for it says only what the owner has not said.
/// </remarks>
internal sealed class ContactLinks(IStore store, ContactStore contacts, TimeProvider time)
{
    /// <returns>The id of the contact that the conversation is with from now on.</returns>
    /// <exception cref="ApiException">
    /// 400: details that can't be used; 403: details of another contact than the session's; 404: no such conversation;
    /// 409: the contact is one that the owner vouches for.
    /// </exception>
    public async Task<IdResponse> UpsertAsync(
        string conversationId, ContactUpsertRequest request, Caller caller, IdempotentCall call, CancellationToken cancellationToken)
    {
        var details = ContactDetails.From(request, caller.IsTrusted);
        var now = time.GetUtcNow();
        var (contactId, refusal) = await store.ChangeAsync<(string?, ApiException?)>(
            async db =>
            {
                if (await db.FindConversationAsync(conversationId, caller.AccountId) is not { } conversation)
                    return (null, ConversationAccess.NotFound());
                if (await ContactForAsync(db, conversation, details, caller, now) is not { } linked)
                    return (null, Refusal(caller));
                if (conversation.ContactId != linked)
                    await db.LinkContactAsync(conversation, linked);
                await db.RememberAsync(call.Answered(new IdResponse { Id = linked }));
                return (linked, null);
            },
            cancellationToken);
        return contactId is null ? throw refusal! : new IdResponse { Id = contactId };
    }

    private static ApiException Refusal(Caller caller) => caller.Session?.ContactId is null
        ? ApiException.Conflict("A contact with these details can only be linked by the owner")
        : SessionContacts.Mismatch("The details are those of another contact than the session's");

    /// <returns>The contact's id; null when the caller may not have that contact.</returns>
    private async ValueTask<string?> ContactForAsync(
        ISqlTransaction db, ConversationRow conversation, ContactDetails details, Caller caller, DateTimeOffset now)
    {
        if (caller.Session?.ContactId is { } own)
            return await DescribeOwnAsync(db, own, conversation, details, caller, now);
        if (conversation.ContactId is { } linked)
        {
            if (caller.IsTrusted)
                await DescribeLinkedAsync(db, linked, details, caller.AccountId, now);
            return linked;
        }

        if (caller.IsTrusted)
            return await contacts.PutAsync(db, details, caller.AccountId, now);
        if (await db.FindContactByFingerprintAsync(details.Fingerprint, caller.AccountId) is { } known)
            return known.ToContact().VerifiedAt is null ? known.Id : null;
        return await contacts.InsertAsync(db, details, caller.AccountId, now);
    }

    /// <summary>Adds what the owner tells of the contact that the conversation is with, unless it is told of another one.</summary>
    private async ValueTask DescribeLinkedAsync(
        ISqlTransaction db, string linked, ContactDetails details, string accountId, DateTimeOffset now)
    {
        if (await db.FindContactAsync(linked, accountId) is { } row && (!details.IsVerified || row.Key == details.Fingerprint))
            await contacts.UpdateAsync(db, row, row.ToContact().With(details, now), now);
    }

    /// <summary>Adds to what is known of the contact that the session acts as.</summary>
    private async ValueTask<string?> DescribeOwnAsync(
        ISqlTransaction db, string own, ConversationRow conversation, ContactDetails details, Caller caller, DateTimeOffset now)
    {
        if ((conversation.ContactId ?? own) != own
            || (await db.FindContactByFingerprintAsync(details.Fingerprint, caller.AccountId) is { } known && known.Id != own)
            || await db.FindContactAsync(own, caller.AccountId) is not { } row)
            return null;
        var contact = row.ToContact();
        var told = contact.VerifiedAt is null ? contact.With(details, now) : contact.FilledWith(details);
        await contacts.UpdateAsync(db, row, told, now);
        return own;
    }
}
