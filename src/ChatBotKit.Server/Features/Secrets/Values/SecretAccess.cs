using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Contacts;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Secrets;

/// <summary>Finds the places of values for those who may use or change them.</summary>
internal static class SecretAccess
{
    private const int MaxReferences = 8;

    /// <summary>
    /// Finds the place of the value that an account uses. A reference leads to another secret that the owner of the reference may use.
    /// </summary>
    /// <param name="db">The connection.</param>
    /// <param name="accountId">The account that uses the secret, and to which the contact belongs.</param>
    /// <param name="secret">The address of the secret.</param>
    /// <param name="contactId">The contact; null for none.</param>
    /// <returns>The place, or why there is none.</returns>
    public static async ValueTask<(SecretPlace? Place, string Reason)> FindPlaceAsync(
        this ISqlSession db, string accountId, string secret, string? contactId)
    {
        var (owner, address, seen) = (accountId, secret, new HashSet<string>(StringComparer.Ordinal));
        while (await db.FindUsableAsync(SecretKinds.Name, address, owner) is { } row)
        {
            var place = new SecretPlace(row, ContactId: null);
            if (place.Type != SecretType.Reference)
                return place.IsPersonal ? await PlaceOfContactAsync(db, place, accountId, contactId) : (place, "");
            if (!seen.Add(row.Id))
                return (null, "The secret refers to itself through other secrets");
            if (seen.Count > MaxReferences)
                return (null, $"More than {MaxReferences} secrets refer to one another");
            if (place.Setting("id") is not { } target)
                return (null, "The secret is a reference without the \"id\" of another secret in \"config\"");
            (owner, address) = (row.AccountId, target);
        }

        return (null, seen.Count == 0 ? "The secret does not exist" : "The secret refers to one that does not exist");
    }

    /// <summary>Finds a secret that the caller may use.</summary>
    /// <exception cref="ApiException">404: the secret does not exist, or the caller may not use it.</exception>
    public static async ValueTask<SecretPlace> GetUsableAsync(this IStore store, string secretId, string accountId, CancellationToken cancellationToken) =>
        await store.QueryAsync(db => db.FindUsableAsync(SecretKinds.Name, secretId, accountId), cancellationToken) is { } row
            ? new SecretPlace(row, ContactId: null)
            : throw ApiException.NotFound("Secret");

    /// <summary>Finds a shared secret of the caller, whose value the caller may change.</summary>
    /// <exception cref="ApiException">404: the secret does not exist; 409: it is personal.</exception>
    public static async ValueTask<SecretPlace> GetSharedAsync(this IStore store, string secretId, string accountId, CancellationToken cancellationToken)
    {
        var row = await store.QueryAsync(db => db.FindOwnAsync(SecretKinds.Name, secretId, accountId), cancellationToken);
        var place = row is null ? throw ApiException.NotFound("Secret") : new SecretPlace(row, ContactId: null);
        return place.IsPersonal
            ? throw ApiException.Conflict("The secret is personal: use the operations of a contact's secrets")
            : place;
    }

    /// <summary>Finds the value that a contact of the caller has, or can have, for a personal secret.</summary>
    /// <exception cref="ApiException">
    /// 404: the contact or the secret does not exist; 409: the secret is shared, or the contact is not verified.
    /// </exception>
    public static async ValueTask<SecretPlace> GetPersonalAsync(
        this IStore store, string contactId, string secretId, string accountId, CancellationToken cancellationToken)
    {
        var (contact, secret) = await store.QueryAsync(
            async db => (await db.FindOwnAsync(ContactKind.Name, contactId, accountId), await db.FindUsableAsync(SecretKinds.Name, secretId, accountId)),
            cancellationToken);
        if (contact is null)
            throw ApiException.NotFound("Contact");
        if (secret is null)
            throw ApiException.NotFound("Secret");
        var place = new SecretPlace(secret, contact.Id);
        if (!place.IsPersonal)
            throw ApiException.Conflict("The secret is shared, so contacts have no values of their own for it");
        return IsVerified(contact) ? place : throw ApiException.Conflict("The contact is not verified");
    }

    /// <summary>Reads a place again after some time, to use or change its value.</summary>
    /// <returns>The place; null when it no longer exists, or when the account may no longer change the value.</returns>
    public static async ValueTask<SecretPlace?> FindAgainAsync(this ISqlSession db, string secretId, string? contactId, string accountId)
    {
        if (contactId is null)
        {
            return await db.FindOwnAsync(SecretKinds.Name, secretId, accountId) is { } own && new SecretPlace(own, null) is { IsPersonal: false } shared
                ? shared
                : null;
        }

        return await db.FindUsableAsync(SecretKinds.Name, secretId, accountId) is { } row && new SecretPlace(row, contactId) is { IsPersonal: true } place
            && await db.FindContactAsync(contactId, accountId) is { } contact && IsVerified(contact)
            ? place
            : null;
    }

    private static async ValueTask<(SecretPlace? Place, string Reason)> PlaceOfContactAsync(
        ISqlSession db, SecretPlace place, string accountId, string? contactId)
    {
        if (contactId is null)
            return (null, "The secret is personal, and there is no contact whose value could be used");
        if (await db.FindContactAsync(contactId, accountId) is not { } contact)
            return (null, "The secret is personal, and the contact does not exist");
        return IsVerified(contact) ? (place with { ContactId = contactId }, "") : (null, "The secret is personal, and the contact is not verified");
    }

    private static bool IsVerified(ResourceRow contact) => contact.ToContact().VerifiedAt is not null;
}
