using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Resources;

/// <summary>Specifies which resources are deleted with a resource.</summary>
internal enum Removal
{
    /// <summary>Deletes the children, and the resources that cascade by declaration.</summary>
    Alone,

    /// <summary>Also deletes every resource that refers to it.</summary>
    WithMembers,

    /// <summary>
    /// Deletes the same as <see cref="Alone"/>, but references do not prevent the deletion, because the owner of the resource is deleted.
    /// </summary>
    WithOwner,
}

/// <summary>
/// Deletes a resource in one transaction, with its children and with the resources that cascade, and clears the links of all
/// others. A single transaction suffices, because no resource has more than some thousand resources below it. Rows of other tables
/// that refer to the resource are read without its id at once, and are cleared in small transactions afterwards.
/// </summary>
internal sealed class ResourceRemoval(IStore store, ResourceKinds kinds, IResourceObserver observer, TimeProvider time)
{
    /// <param name="kind">The kind of the resource.</param>
    /// <param name="row">The resource.</param>
    /// <param name="what">The resources that are deleted with it.</param>
    /// <param name="answered">The idempotency row of the request; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the deletion before it begins.</param>
    /// <param name="before">Called in the transaction before anything is deleted; null for nothing.</param>
    /// <exception cref="ApiException">
    /// 404: the resource was already deleted; 409: another resource refers to it and prevents the deletion.
    /// </exception>
    public async Task RemoveAsync(
        ResourceKind kind, ResourceRow row, Removal what, IdempotencyRow? answered, CancellationToken cancellationToken,
        Func<ISqlTransaction, ValueTask>? before = null)
    {
        var (result, gone) = await store.ChangeAsync<(ResourceWrite, IReadOnlyList<Change>)>(
            async db =>
            {
                var plan = await RemovalPlan.MakeAsync(db, row.Id, link => Cascades(link, kind, what));
                var going = plan.Going;
                if (going.Count == 0)
                    return (ResourceWrite.Missing, []);
                if (what != Removal.WithOwner && plan.LinksOfOthers.SelectMany(links => links).Any(Refuses))
                    return (ResourceWrite.Referenced, []);
                if (before is not null)
                    await before(db);
                await ClearLinksAsync(db, plan);
                await RemoveAsync(db, going);
                await db.RememberAsync(answered);
                return (ResourceWrite.Done, going);
            },
            cancellationToken);
        if (result == ResourceWrite.Missing)
            throw ApiException.NotFound(kind.Title);
        if (result == ResourceWrite.Referenced)
            throw ApiException.Conflict($"{kind.Title} is in use by other resources");
        await ClearNamesAsync(gone);
    }

    /// <summary>
    /// Clears the references to deleted resources. A failure does not undo the deletion, because a remaining reference is read as null.
    /// </summary>
    private async Task ClearNamesAsync(IReadOnlyList<Change> gone)
    {
        try
        {
            foreach (var change in gone)
            {
                foreach (var column in kinds.Find(change.Kind)?.NamedBy ?? [])
                    await column.ClearAsync(store, change.Id);
            }
        }
        catch (StoreUnavailableException)
        {
            // Readers of the column do not depend on its being cleared.
        }
    }

    private bool Cascades(string link, ResourceKind kind, Removal what) =>
        kinds.Links.TryGetValue(link, out var reference)
        && (reference.Deleted == OnTargetDeleted.Cascade || (what == Removal.WithMembers && reference.Target == kind.Name));

    private bool Refuses(string link) =>
        kinds.Links.TryGetValue(link, out var reference) && reference.Deleted == OnTargetDeleted.Refuse;

    /// <summary>Deletes the rows. All links must be deleted before the first row is.</summary>
    private async ValueTask RemoveAsync(ISqlTransaction db, IReadOnlyList<Change> going)
    {
        foreach (var change in going)
        {
            await observer.AnnounceAsync(db, change);
            await db.ExecuteAsync(ResourceTable.RemoveLinks, change.Id);
            if (kinds.Find(change.Kind)?.OnRemoval is { } remove)
                await remove(db, change, time.GetUtcNow());
        }

        foreach (var change in going)
            await db.ExecuteAsync(ResourceTable.Remove, change.Id);
    }

    private async ValueTask ClearLinksAsync(ISqlTransaction db, RemovalPlan plan)
    {
        foreach (var links in plan.LinksOfOthers)
        {
            var row = (await db.FirstAsync(ResourceTable.Rows, "WHERE \"Id\" = $1", links.Key))!;
            await ClearAsync(db, row, links);
            await observer.AnnounceAsync(db, new Change(row.Kind, row.Id, row.AccountId, ChangeKind.Updated));
        }
    }

    private async ValueTask ClearAsync(ISqlTransaction db, ResourceRow row, IEnumerable<string> links)
    {
        var document = ResourceEdit.Read(row.Data);
        foreach (var link in links)
        {
            await db.ExecuteAsync(ResourceTable.RemoveLink, row.Id, link);
            if (!kinds.Links.TryGetValue(link, out var reference))
                continue;
            document[reference.Field] = null;
            if (reference.OtherName is { } other)
                document.Remove(other);
        }

        await ResourceStore.ChangeAsync(db, row with
        {
            Data = ResourceEdit.Write(document),
            UpdatedAt = Math.Max(row.UpdatedAt, time.GetUtcNow().ToUnixTimeMilliseconds()),
        });
    }
}
