using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Features.Contacts;

/// <summary>The people that an account's conversations are with.</summary>
internal sealed class ContactStore(IStore store, TimeProvider time)
{
    /// <summary>The id of the contact that a body's <c>contactId</c> names; one that is described is found or made.</summary>
    /// <returns>Null for no reference.</returns>
    /// <exception cref="ApiException">400: no such contact, or details that can't be used.</exception>
    public async Task<string?> ResolveAsync(ContactReference? reference, string accountId, CancellationToken cancellationToken)
    {
        if (reference?.Details is { } request)
            return await PutAsync(request, accountId, cancellationToken);
        if (reference?.Id is not { Length: > 0 } id)
            return null;
        return await ExistsAsync(id, accountId, cancellationToken)
            ? id
            : throw ApiException.BadRequest("\"contactId\" names no contact");
    }

    public ValueTask<bool> ExistsAsync(string id, string accountId, CancellationToken cancellationToken) =>
        store.QueryAsync(async db => await db.FindContactAsync(id, accountId) is not null, cancellationToken);

    /// <summary>Inside a write: the contact with the details' key, with what the owner tells of them; made when there is none.</summary>
    /// <returns>The contact's id.</returns>
    public static async ValueTask<string> PutAsync(
        ISqlTransaction db, ContactDetails details, string newId, string accountId, long now)
    {
        if (await db.FindContactByFingerprintAsync(details.Fingerprint, accountId) is not { } row)
        {
            await db.InsertAsync(ContactTable.Rows, details.ToRow(newId, accountId, now));
            return newId;
        }

        details.ApplyTo(row, now);
        await db.UpdateAsync(ContactTable.Rows, row);
        return row.Id;
    }

    private Task<string> PutAsync(ContactUpsertRequest request, string accountId, CancellationToken cancellationToken)
    {
        var details = ContactDetails.From(request, isTrusted: true, "contactId.");
        var (id, now) = (Ids.New(), time.GetUtcNow().ToUnixTimeMilliseconds());
        return store.ChangeAsync(db => PutAsync(db, details, id, accountId, now), cancellationToken);
    }
}
