using System.Security.Cryptography;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Resources;
using Microsoft.AspNetCore.DataProtection;

namespace ChatBotKit.Server.Features.Secrets;

/// <summary>
/// Stores the values of secrets: that of a shared secret with the secret, and those of a personal one in rows of their own. All are
/// encrypted, each for its secret and contact.
/// </summary>
internal sealed class SecretValueStore(
    IStore store, ResourceSecrets secrets, IResourceObserver observer, Lazy<IDataProtectionProvider> protection, TimeProvider time)
{
    /// <summary>The reason why a value or setting whose key is missing can't be used.</summary>
    public const string Undecryptable = "The secret can't be decrypted, because the server has lost its keys: set it again";

    /// <summary>Returns a value as it is stored now; null when there is none.</summary>
    /// <exception cref="CryptographicException">The key with which it was encrypted is missing.</exception>
    public async ValueTask<string?> ReadAsync(SecretPlace place, string name, CancellationToken cancellationToken) =>
        await store.QueryAsync(db => ReadAsync(db, place, name), cancellationToken);

    /// <summary>Turns a value into a header with the settings of the secret.</summary>
    public SecretValue HeaderOf(SecretPlace place, string? value)
    {
        try
        {
            var password = secrets.Reveal(place.Secret, "config.password") ?? secrets.Reveal(place.Secret, "config.pass");
            return SecretHeaders.Of(place, value, password, time.GetUtcNow());
        }
        catch (CryptographicException)
        {
            return SecretValue.Missing(Undecryptable);
        }
    }

    /// <summary>Returns the settings of an OAuth secret.</summary>
    /// <param name="place">The secret.</param>
    /// <param name="fault">Why there are none; empty when there are.</param>
    public OAuthSettings? SettingsOf(SecretPlace place, out string fault)
    {
        try
        {
            return OAuthSettings.From(place, secrets.Reveal(place.Secret, SecretKinds.ClientSecret), out fault);
        }
        catch (CryptographicException)
        {
            fault = Undecryptable;
            return null;
        }
    }

    /// <summary>Stores a value and replaces the value that there is, of whatever name.</summary>
    /// <param name="place">The place.</param>
    /// <param name="name">The name of the value.</param>
    /// <param name="value">The value; null to remove all values.</param>
    /// <param name="isAllowed">
    /// Decides by the entered value and the tokens that are stored whether they are replaced; null to replace them in any case.
    /// </param>
    /// <param name="with">A row to store in the same transaction; null for none.</param>
    /// <param name="audit">An audit record to store in the same transaction; null for none.</param>
    /// <returns>Whether the value was replaced. False also when the secret or the contact no longer exists.</returns>
    /// <exception cref="DuplicateKeyException">The row to store with it is stored already.</exception>
    public async Task<bool> PutAsync(
        SecretPlace place, string name, string? value, Func<string?, string?, bool>? isAllowed = null, IdempotencyRow? with = null,
        AuditRow? audit = null)
    {
        try
        {
            return await store.ChangeAsync(
                async db =>
                {
                    if (isAllowed is not null && !isAllowed(await ReadAsync(db, place, SecretPlace.Value), await ReadAsync(db, place, SecretPlace.Tokens)))
                        return false;
                    if (!await (place.ContactId is { } contact ? PutPersonalAsync(db, place, contact, name, value) : PutSharedAsync(db, place, name, value)))
                        return false;
                    await db.RememberAsync(with);
                    if (audit is not null)
                        await db.AuditAsync(audit);
                    return true;
                },
                CancellationToken.None);
        }
        catch (MissingParentException)
        {
            return false;
        }
    }

    private async ValueTask<string?> ReadAsync(ISqlSession db, SecretPlace place, string name)
    {
        if (place.ContactId is { } contact)
        {
            return await db.FindSecretValueAsync(place.Secret.Id, contact) is { } row && row.Field == name
                ? Protector(place, contact, name).Unprotect(row.Value)
                : null;
        }

        return await db.FirstAsync(ResourceTable.Rows, SqlTable<ResourceRow>.ById, place.Secret.Id) is { } secret ? secrets.Reveal(secret, name) : null;
    }

    private async ValueTask<bool> PutPersonalAsync(ISqlTransaction db, SecretPlace place, string contact, string name, string? value)
    {
        if (value is null)
        {
            await db.DeleteSecretValueAsync(place.Secret.Id, contact);
            return true;
        }

        await db.PutSecretValueAsync(new SecretValueRow
        {
            SecretId = place.Secret.Id,
            ContactId = contact,
            Field = name,
            Value = Protector(place, contact, name).Protect(value),
            UpdatedAt = Now(),
        });
        return true;
    }

    private async ValueTask<bool> PutSharedAsync(ISqlTransaction db, SecretPlace place, string name, string? value)
    {
        if (await db.FirstAsync(ResourceTable.Rows, SqlTable<ResourceRow>.ById, place.Secret.Id) is not { } row)
            return false;
        row = row with { Secrets = secrets.With(row, SecretPlace.Value, null) };
        row = row with { Secrets = secrets.With(row, SecretPlace.Tokens, null) };
        if (value is not null)
            row = row with { Secrets = secrets.With(row, name, value) };
        await ResourceStore.ChangeAsync(db, row with { UpdatedAt = Math.Max(row.UpdatedAt, Now()) });
        await observer.AnnounceAsync(db, new Change(row.Kind, row.Id, row.AccountId, ChangeKind.Updated));
        return true;
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private IDataProtector Protector(SecretPlace place, string contact, string name) =>
        protection.Value.CreateProtector("SecretValues", place.Secret.Id, contact, name);
}
