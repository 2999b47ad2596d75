using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;
using ChatBotKit.Server.Http;
using Microsoft.EntityFrameworkCore;

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

    public Task<bool> ExistsAsync(string id, string accountId, CancellationToken cancellationToken) => store.ReadAsync(
        (db, token) => db.Contacts.AnyAsync(row => row.Id == id && row.AccountId == accountId, token), cancellationToken);

    /// <summary>Inside a write: the contact with the details' key, with what the owner tells of them; made when there is none.</summary>
    public static ContactEntity Put(ServerDbContext db, ContactDetails details, string newId, string accountId, long now)
    {
        if (Find(db, details.Fingerprint, accountId) is not { } row)
            return db.Add(details.ToEntity(newId, accountId, now)).Entity;
        details.ApplyTo(row, now);
        return row;
    }

    public static ContactEntity? Find(ServerDbContext db, string fingerprint, string accountId) =>
        db.Contacts.SingleOrDefault(row => row.AccountId == accountId && row.Fingerprint == fingerprint);

    private Task<string> PutAsync(ContactUpsertRequest request, string accountId, CancellationToken cancellationToken)
    {
        var details = ContactDetails.From(request, isTrusted: true, "contactId.");
        var (id, now) = (Ids.New(), time.GetUtcNow().ToUnixTimeMilliseconds());
        return store.WriteAsync(db => Put(db, details, id, accountId, now).Id, cancellationToken);
    }
}
