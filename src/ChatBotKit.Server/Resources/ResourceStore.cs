using System.Text;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Resources;

/// <summary>The outcome of a write.</summary>
internal enum ResourceWrite
{
    Done,

    /// <summary>The resource, or one that it refers to, has changed since it was read. The caller must read it again.</summary>
    Stale,

    /// <summary>Another resource of the owner has the same key.</summary>
    KeyTaken,

    /// <summary>Another resource on the server has the same value in a field that must be unique.</summary>
    ValueTaken,

    /// <summary>The resource does not exist.</summary>
    Missing,

    /// <summary>Another resource refers to it and prevents the deletion.</summary>
    Referenced,
}

/// <summary>
/// Writes resources: the document and, in the same transaction, its links and the idempotency row of the request. A refused write
/// stores nothing.
/// </summary>
internal sealed class ResourceStore(IStore store, IResourceObserver observer, ResourceKinds kinds)
{
    public ValueTask<T> ReadAsync<T>(Func<ISqlSession, ValueTask<T>> query, CancellationToken cancellationToken) =>
        store.QueryAsync(query, cancellationToken);

    public Task<ResourceWrite> InsertAsync(
        ResourceRow row, IReadOnlyList<ResourceLink> links, IdempotencyRow? answered, CancellationToken cancellationToken) =>
        TryAsync(
            row,
            async db =>
            {
                await InsertAsync(db, [(row, links)]);
                await db.RememberAsync(answered);
                return ResourceWrite.Done;
            },
            cancellationToken);

    /// <summary>Stores several new resources, all of them or none. They may refer to one another; a parent must come before its children.</summary>
    public Task InsertAsync(
        IReadOnlyList<(ResourceRow Row, IReadOnlyList<ResourceLink> Links)> added, IdempotencyRow? answered, CancellationToken cancellationToken) =>
        store.ChangeAsync(
            async db =>
            {
                await InsertAsync(db, added);
                await db.RememberAsync(answered);
                return true;
            },
            cancellationToken);

    /// <param name="row">The resource as it will be, but with the version that was read.</param>
    /// <param name="content">The new content.</param>
    /// <param name="answered">The idempotency row of the request; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the write before it begins.</param>
    public Task<ResourceWrite> UpdateAsync(
        ResourceRow row, ResourceContent content, IdempotencyRow? answered, CancellationToken cancellationToken) =>
        TryAsync(
            row,
            async db =>
            {
                if (!await UpdateAsync(db, row, content))
                    return ResourceWrite.Stale;
                await db.RememberAsync(answered);
                return ResourceWrite.Done;
            },
            cancellationToken);

    /// <summary>Inserts resources as a part of another change. They may refer to one another; a parent must come before its children.</summary>
    public async ValueTask InsertAsync(ISqlTransaction db, IReadOnlyList<(ResourceRow Row, IReadOnlyList<ResourceLink> Links)> added)
    {
        foreach (var (row, _) in added)
            await db.InsertAsync(ResourceTable.Rows, row);
        foreach (var (row, links) in added)
        {
            await AddLinksAsync(db, row.Id, links);
            await KeepUpAsync(db, row);
            await NoteAsync(db, row, ChangeKind.Created);
        }
    }

    /// <summary>Updates a resource as a part of another change.</summary>
    /// <returns>Whether it still had the version that was read. If it had not, nothing is written.</returns>
    public async ValueTask<bool> UpdateAsync(ISqlTransaction db, ResourceRow row, ResourceContent content)
    {
        if (!await ChangeAsync(db, row))
            return false;
        if (content.ChangesLinks)
        {
            await db.ExecuteAsync(ResourceTable.RemoveLinks, row.Id);
            await AddLinksAsync(db, row.Id, content.Links);
        }

        await KeepUpAsync(db, row);
        await NoteAsync(db, row, ChangeKind.Updated);
        return true;
    }

    /// <summary>Updates a row if it still has the version that was read.</summary>
    public static async ValueTask<bool> ChangeAsync(ISqlTransaction db, ResourceRow row) => await db.ExecuteAsync(
        ResourceTable.Change, row.Id, row.Version, row.Key, row.UpdatedAt, Encoding.UTF8.GetString(row.Data), row.Secrets) > 0;

    /// <summary>
    /// Changes the document of a resource as a part of another change, such as the start of a task, which has its own event. Its key and
    /// links must stay as they are.
    /// </summary>
    /// <returns>Whether the resource exists.</returns>
    public async ValueTask<bool> EditAsync(ISqlTransaction db, string id, long now, Action<JsonObject> edit)
    {
        if (await db.FirstAsync(ResourceTable.Rows, SqlTable<ResourceRow>.ById, id) is not { } row)
            return false;
        var document = ResourceEdit.Read(row.Data);
        edit(document);
        await ChangeAsync(db, row with { Data = ResourceEdit.Write(document), UpdatedAt = Math.Max(row.UpdatedAt, now) });
        await observer.AnnounceAsync(db, new Change(row.Kind, row.Id, row.AccountId, ChangeKind.Updated) { IsPart = true });
        return true;
    }

    /// <summary>
    /// Runs a write. The database refuses a link whose target was deleted meanwhile, and a key that another request has just taken.
    /// </summary>
    private async Task<ResourceWrite> TryAsync(
        ResourceRow row, Func<ISqlTransaction, ValueTask<ResourceWrite>> change, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ChangeAsync(change, cancellationToken);
        }
        catch (MissingParentException)
        {
            return ResourceWrite.Stale;
        }
        catch (DuplicateKeyException)
        {
            if (await store.QueryAsync(db => IsKeyTakenAsync(db, row), cancellationToken))
                return ResourceWrite.KeyTaken;
            if (await store.QueryAsync(db => IsValueTakenAsync(db, row), cancellationToken))
                return ResourceWrite.ValueTaken;
            throw;
        }
    }

    /// <summary>Stores what the kind derives from a stored document.</summary>
    private ValueTask KeepUpAsync(ISqlTransaction db, ResourceRow row) =>
        kinds.Find(row.Kind)?.OnStored is { } store ? store(db, row) : ValueTask.CompletedTask;

    private ValueTask NoteAsync(ISqlTransaction db, ResourceRow row, ChangeKind what) =>
        observer.AnnounceAsync(db, new Change(row.Kind, row.Id, row.AccountId, what));

    private static async ValueTask<bool> IsKeyTakenAsync(ISqlSession db, ResourceRow row) =>
        row.Key is { } key
        && await db.FirstAsync(ResourceTable.IdWithKey, static found => found.GetString(0), row.AccountId, row.Kind, key) is { } other
        && other != row.Id;

    /// <summary>
    /// Whether the value of the unique field is taken. This is called only after a refusal, so it may read all resources of the
    /// kind.
    /// </summary>
    public async ValueTask<bool> IsValueTakenAsync(ISqlSession db, ResourceRow row)
    {
        if (kinds.Find(row.Kind)?.UniqueField is not { } field || (string?)ResourceEdit.Read(row.Data)[field] is not { } value)
            return false;
        var query = new SqlQuery().AddSql(ResourceTable.Rows.Select("WHERE TRUE")).Add($" AND \"Kind\" = {row.Kind} AND \"Id\" <> {row.Id}");
        db.Dialect.AddJsonCondition(query, "\"Data\"", field, value);
        return await db.FirstAsync(query.AddSql(" LIMIT 1").Sql, ResourceTable.Rows.Read, query.Values) is not null;
    }

    private static async ValueTask AddLinksAsync(ISqlTransaction db, string id, IReadOnlyList<ResourceLink> links)
    {
        foreach (var link in links)
            await db.ExecuteAsync(ResourceTable.AddLink, id, link.Field, link.ToId);
    }
}
