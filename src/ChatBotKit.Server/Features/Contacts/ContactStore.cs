using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Contacts;

/// <summary>Stores the contacts of an account.</summary>
internal sealed class ContactStore(IStore store, IResourceObserver observer, TimeProvider time)
{
    public const string Unknown = "\"contactId\" names no contact";

    /// <summary>
    /// Returns the id of the contact that a body's <c>contactId</c> names. A contact that is described instead is found, or
    /// created.
    /// </summary>
    /// <returns>The id; null for no reference.</returns>
    /// <exception cref="ApiException">400: the contact does not exist, or a detail is invalid.</exception>
    public async Task<string?> ResolveAsync(ContactReference? reference, string accountId, CancellationToken cancellationToken)
    {
        if (reference?.Details is { } request)
            return await PutAsync(request, accountId, cancellationToken);
        if (string.IsNullOrWhiteSpace(reference?.Id))
            return null;
        return (await FindAsync(reference.Id, accountId, cancellationToken))?.Id ?? throw ApiException.BadRequest(Unknown);
    }

    /// <summary>Finds the caller's own contact by its address in a path or body.</summary>
    public async ValueTask<ResourceRow?> FindAsync(string? address, string accountId, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(address) ? null : await store.QueryAsync(
            db => db.FindOwnAsync(ContactKind.Name, address.Trim(), accountId), cancellationToken);

    /// <summary>Finds the contact with the key of a new one, or stores the new one.</summary>
    /// <param name="row">The new contact.</param>
    /// <param name="answered">Creates the idempotency row, given the id of the contact.</param>
    /// <param name="cancellationToken">The token that cancels the write before it begins.</param>
    /// <returns>The id of the contact.</returns>
    public async Task<string> EnsureAsync(ResourceRow row, Func<string, IdempotencyRow?> answered, CancellationToken cancellationToken)
    {
        return await store.ChangeAsync(
            async db =>
            {
                if (await db.FindContactByFingerprintAsync(row.Key!, row.AccountId) is { } known)
                {
                    await db.RememberAsync(answered(known.Id));
                    return known.Id;
                }

                await InsertAsync(db, row);
                await db.RememberAsync(answered(row.Id));
                return row.Id;
            },
            cancellationToken);
    }

    /// <summary>Updates the contact with the details' fingerprint, or creates it, within a transaction.</summary>
    /// <returns>The id of the contact.</returns>
    public async ValueTask<string> PutAsync(ISqlTransaction db, ContactDetails details, string accountId, DateTimeOffset now) =>
        await db.FindContactByFingerprintAsync(details.Fingerprint, accountId) is { } row
            ? await UpdateAsync(db, row, row.ToContact().With(details, now), now)
            : await InsertAsync(db, details, accountId, now);

    /// <summary>
    /// Finds the contact with the details of a visitor, and does not change it; a missing one is created. Runs within a transaction.
    /// </summary>
    /// <returns>The id of the contact; null when the owner has verified it, because a visitor can claim the details of anybody.</returns>
    public async ValueTask<string?> EnsureUnverifiedAsync(ISqlTransaction db, ContactDetails details, string accountId, DateTimeOffset now)
    {
        if (await db.FindContactByFingerprintAsync(details.Fingerprint, accountId) is { } known)
            return known.ToContact().VerifiedAt is null ? known.Id : null;
        return await InsertAsync(db, details, accountId, now);
    }

    /// <summary>Creates a contact with these details, within a transaction.</summary>
    /// <returns>The id of the contact.</returns>
    public ValueTask<string> InsertAsync(ISqlTransaction db, ContactDetails details, string accountId, DateTimeOffset now)
    {
        var milliseconds = now.ToUnixTimeMilliseconds();
        var contact = details.ToItem(Ids.New(milliseconds), now);
        return InsertAsync(db, new ResourceRow
        {
            Id = contact.Id,
            Kind = ContactKind.Name,
            AccountId = accountId,
            Key = contact.Fingerprint,
            CreatedAt = milliseconds,
            UpdatedAt = milliseconds,
            Data = contact.ToDocument(),
        });
    }

    /// <summary>Stores the changed contact, within the transaction that has read the row.</summary>
    /// <returns>The id of the contact.</returns>
    /// <exception cref="ApiException">409: the contact was changed concurrently.</exception>
    public async ValueTask<string> UpdateAsync(ISqlTransaction db, ResourceRow row, ContactItem contact, DateTimeOffset now)
    {
        var changed = row with { Data = contact.ToDocument(), UpdatedAt = Math.Max(row.UpdatedAt, now.ToUnixTimeMilliseconds()) };
        if (!await ResourceStore.ChangeAsync(db, changed))
            throw ApiException.Conflict("The contact is being changed by others at the same time; try again");
        return await NoteAsync(db, row, ChangeKind.Updated);
    }

    private async Task<string> PutAsync(ContactUpsertRequest request, string accountId, CancellationToken cancellationToken)
    {
        var details = ContactDetails.From(request, isTrusted: true, "contactId.");
        var now = time.GetUtcNow();
        return await store.ChangeAsync(db => PutAsync(db, details, accountId, now), cancellationToken);
    }

    private async ValueTask<string> InsertAsync(ISqlTransaction db, ResourceRow row)
    {
        await db.InsertAsync(ResourceTable.Rows, row);
        return await NoteAsync(db, row, ChangeKind.Created);
    }

    private async ValueTask<string> NoteAsync(ISqlTransaction db, ResourceRow row, ChangeKind what)
    {
        await observer.AnnounceAsync(db, new Change(row.Kind, row.Id, row.AccountId, what));
        return row.Id;
    }
}
