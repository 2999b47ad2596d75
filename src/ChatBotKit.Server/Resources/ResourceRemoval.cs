using System.Collections.Concurrent;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Resources;

/// <summary>What goes with a resource.</summary>
internal enum Removal
{
    /// <summary>Its children, and what the declarations of kinds say.</summary>
    Alone,

    /// <summary>Also every resource that refers to it.</summary>
    WithMembers,
}

/// <summary>
/// Deletes a resource in one transaction with its children and with what cascades from them, and clears the links of all others. A
/// transaction does all of it at once: no kind has more than some thousand resources below one.
/// </summary>
internal sealed class ResourceRemoval(IStore store, ResourceKinds kinds, IResourceObserver observer, ChangeFeed changes, TimeProvider time)
{
    private const int LinksAtOnce = 100;

    private readonly Lazy<ResourceDeletion> _alone = new(() => new ResourceDeletion(
        [.. kinds.Links.Where(link => link.Value.Deleted == OnTargetDeleted.Cascade).Select(link => link.Key)]));

    private readonly ConcurrentDictionary<string, ResourceDeletion> _withMembers = new();

    /// <exception cref="ApiException">404: it is gone; 409: another resource must not lose it.</exception>
    public async Task RemoveAsync(
        ResourceKind kind, ResourceRow row, Removal what, IdempotencyEntity? answered, CancellationToken cancellationToken)
    {
        var sql = what == Removal.Alone ? _alone.Value : _withMembers.GetOrAdd(kind.Name, WithMembersOf);
        var (gone, changed) = await store.ChangeAsync<(List<Change>, List<Change>?)>(
            async db =>
            {
                var going = await db.ListAsync(
                    sql.List, static read => new Change(read.GetString(1), read.GetString(0), read.GetString(2), ChangeKind.Deleted), row.Id);
                if (going.Count == 0 || await IsReferencedAsync(db, sql, row.Id))
                    return (going, null);
                var cleared = await ClearLinksAsync(db, sql, row.Id);
                foreach (var change in going)
                    await RemoveAsync(db, change);
                await db.ExecuteAsync(sql.Links, row.Id);
                // Each by itself: without their links no statement finds them all.
                foreach (var change in going)
                    await db.ExecuteAsync(sql.Rows, change.Id);
                await db.RememberAsync(answered);
                return (going, cleared);
            },
            cancellationToken);
        if (gone.Count == 0)
            throw ApiException.NotFound(kind.Title);
        if (changed is null)
            throw ApiException.Conflict($"{kind.Title} is in use by other resources");
        foreach (var change in changed.Concat(gone))
            changes.Publish(change.Kind, change.Id, change.AccountId, change.What);
    }

    private ResourceDeletion WithMembersOf(string kind) => new(
        [.. kinds.Links.Where(link => link.Value.Deleted == OnTargetDeleted.Cascade || link.Value.Target == kind).Select(link => link.Key)]);

    private async ValueTask RemoveAsync(ISqlTransaction db, Change change)
    {
        if (kinds.Find(change.Kind)?.Deleting is { } deleting)
            await deleting(db, change.Id);
        await observer.NoteAsync(db, change);
    }

    private async ValueTask<bool> IsReferencedAsync(ISqlTransaction db, ResourceDeletion sql, string id)
    {
        if (!kinds.Links.Values.Any(reference => reference.Deleted == OnTargetDeleted.Refuse))
            return false;
        var links = await db.ListAsync(sql.IncomingLinks, static row => row.GetString(1), id, long.MaxValue);
        return links.Any(link => kinds.Links.TryGetValue(link, out var reference) && reference.Deleted == OnTargetDeleted.Refuse);
    }

    private async ValueTask<List<Change>> ClearLinksAsync(ISqlTransaction db, ResourceDeletion sql, string id)
    {
        var changed = new List<Change>();
        while (await db.ListAsync(sql.IncomingLinks, static row => (From: row.GetString(0), Field: row.GetString(1)), id, LinksAtOnce) is { Count: > 0 } links)
        {
            foreach (var group in links.GroupBy(link => link.From, link => link.Field))
            {
                var row = (await db.FirstAsync(ResourceTable.Rows, "WHERE \"Id\" = $1", group.Key))!;
                await ClearAsync(db, row, [.. group]);
                changed.Add(new Change(row.Kind, row.Id, row.AccountId, ChangeKind.Updated));
            }
        }

        return changed;
    }

    private async ValueTask ClearAsync(ISqlTransaction db, ResourceRow row, IReadOnlyList<string> links)
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
