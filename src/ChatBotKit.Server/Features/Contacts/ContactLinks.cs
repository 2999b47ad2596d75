using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Conversations;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Contacts;

/// <summary>Links conversations to contacts.</summary>
/// <remarks>
/// The details in a request with a session token come from a visitor. Such a request may link a conversation without a contact, and
/// create a contact that did not exist. It changes no existing contact, because other people may be known by the same details, and
/// it never moves a conversation from one contact to another. A session that acts as a contact may describe only that contact; if
/// the owner has verified the contact, it can only add missing details.
/// </remarks>
internal sealed class ContactLinks(IStore store, ContactStore contacts, TimeProvider time)
{
    /// <returns>The id of the conversation's contact.</returns>
    /// <exception cref="ApiException">
    /// 400: a detail is invalid; 403: the details are those of another contact than the session's; 404: the conversation does not
    /// exist; 409: the contact was verified by the owner.
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
                    await db.LinkContactAsync(conversation, linked, now);
                await db.RememberAsync(call.Answered(new IdResponse { Id = linked }));
                return (linked, null);
            },
            cancellationToken);
        return contactId is null ? throw refusal! : new IdResponse { Id = contactId };
    }

    /// <summary>Creates the error for details that are those of a contact that the owner has verified.</summary>
    public static ApiException OnlyByTheOwner() => ApiException.Conflict("A contact with these details can only be linked by the owner");

    private static ApiException Refusal(Caller caller) => caller.Session?.ContactId is null
        ? OnlyByTheOwner()
        : SessionContacts.Mismatch("The details are those of another contact than the session's");

    /// <returns>The contact's id; null when the caller may not link that contact.</returns>
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
        return await contacts.EnsureUnverifiedAsync(db, details, caller.AccountId, now);
    }

    /// <summary>Updates the linked contact with the owner's details, unless they are those of another contact.</summary>
    private async ValueTask DescribeLinkedAsync(
        ISqlTransaction db, string linked, ContactDetails details, string accountId, DateTimeOffset now)
    {
        if (await db.FindContactAsync(linked, accountId) is { } row && (!details.IsVerified || row.Key == details.Fingerprint))
            await contacts.UpdateAsync(db, row, row.ToContact().With(details, now), now);
    }

    /// <summary>Updates the contact that the session acts as.</summary>
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
