using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Contacts;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Reads and writes contacts directly in the store, without the server.</summary>
internal static class StoredContacts
{
    public static async Task<ContactItem> ContactAsync(this IStore store, string id) =>
        (await store.SingleAsync(ResourceTable.Rows, "WHERE \"Id\" = $1 AND \"Kind\" = 'contact'", id)).ToContact();

    /// <summary>Adds a contact of the owner, with a fingerprint that is derived from the name.</summary>
    /// <returns>The id of the contact.</returns>
    public static async Task<string> AddContactAsync(this ServerFactory server, string name, string? email = null, bool verified = false)
    {
        var contact = new ContactItem
        {
            Id = Ids.New(),
            Fingerprint = $"fingerprint-of-{name}",
            Name = name,
            Email = email,
            VerifiedAt = verified ? DateTimeOffset.UnixEpoch : null,
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
        };
        await server.Store.InsertAsync(ResourceTable.Rows, new ResourceRow
        {
            Id = contact.Id,
            Kind = ContactKind.Name,
            AccountId = await server.OwnerAccountIdAsync(),
            Key = contact.Fingerprint,
            CreatedAt = 1,
            UpdatedAt = 1,
            Data = contact.ToDocument(),
        });
        return contact.Id;
    }
}
