using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Resources;

/// <summary>
/// Creates and changes resources on behalf of operations and abilities. Each write is checked against what was read, and is done again when
/// that has changed meanwhile.
/// </summary>
internal sealed class ResourceWriter(ResourceStore store, ResourceEdit edit, TimeProvider time)
{
    /// <summary>How often a write is tried when the resource is changed concurrently.</summary>
    private const int MaxTries = 5;

    /// <summary>Creates a resource.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="accountId">The owner.</param>
    /// <param name="fields">The fields, whose references are resolved here.</param>
    /// <param name="answered">Creates the idempotency row; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the write before it begins.</param>
    /// <param name="parentIdOf">Finds the id of the parent; null for a kind without parent.</param>
    /// <param name="id">The id; null for a new one.</param>
    /// <exception cref="ApiException">400: a field is invalid; 409: the key is taken, or every try met a concurrent change.</exception>
    /// <exception cref="DuplicateKeyException">There is a resource with the id.</exception>
    public Task<ResourceRow> CreateAsync(
        ResourceKind kind, string accountId, JsonObject fields, Func<ResourceRow, IdempotencyRow?>? answered, CancellationToken cancellationToken,
        Func<ISqlSession, ValueTask<string?>>? parentIdOf = null, string? id = null) => TryAsync(
        kind,
        async () =>
        {
            var faults = new Faults();
            var given = fields.DeepClone().AsObject();
            var parentId = await store.ReadAsync(
                async db =>
                {
                    await db.ResolveAsync(kind, given, accountId, faults);
                    return parentIdOf is null ? null : await parentIdOf(db);
                },
                cancellationToken);
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            var newId = id ?? Ids.New(now);
            var content = edit.Create(kind, newId, parentId, given, faults);
            faults.ThrowIfAny();
            return await InsertAsync(RowOf(kind, newId, accountId, parentId, content, now), content, answered, cancellationToken);
        });

    /// <summary>Copies a resource.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="accountId">The owner of the copy.</param>
    /// <param name="find">Finds the resource.</param>
    /// <param name="answered">Creates the idempotency row.</param>
    /// <param name="cancellationToken">The token that cancels the write before it begins.</param>
    /// <exception cref="ApiException">400: the copy would be invalid; 409: every try met a concurrent change.</exception>
    public Task<ResourceRow> CloneAsync(
        ResourceKind kind, string accountId, Func<ISqlSession, ValueTask<ResourceRow>> find, Func<ResourceRow, IdempotencyRow?> answered,
        CancellationToken cancellationToken) => TryAsync(
        kind,
        async () =>
        {
            var faults = new Faults();
            var row = await store.ReadAsync(find, cancellationToken);
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            var newId = Ids.New(now);
            var content = edit.Clone(kind, row, newId, faults);
            faults.ThrowIfAny();
            return await InsertAsync(RowOf(kind, newId, accountId, row.ParentId, content, now), content, answered, cancellationToken);
        });

    /// <summary>Changes fields of a resource.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="accountId">The owner, by whom references are resolved.</param>
    /// <param name="fields">The fields.</param>
    /// <param name="find">Finds the resource.</param>
    /// <param name="answered">Creates the idempotency row; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the write before it begins.</param>
    /// <exception cref="ApiException">400: a field is invalid; 409: the key is taken, or every try met a concurrent change.</exception>
    public Task<ResourceRow> UpdateAsync(
        ResourceKind kind, string accountId, JsonObject fields, Func<ISqlSession, ValueTask<ResourceRow>> find, Func<ResourceRow, IdempotencyRow?>? answered,
        CancellationToken cancellationToken) => TryAsync(
        kind,
        async () =>
        {
            var faults = new Faults();
            var given = fields.DeepClone().AsObject();
            var row = await store.ReadAsync(
                async db =>
                {
                    var found = await find(db);
                    await db.ResolveAsync(kind, given, accountId, faults);
                    return found;
                },
                cancellationToken);
            var content = edit.Update(kind, row, given, faults);
            faults.ThrowIfAny();
            var changed = row with
            {
                Data = content.Data,
                Key = content.Key,
                Secrets = content.Secrets,
                UpdatedAt = Math.Max(row.UpdatedAt, time.GetUtcNow().ToUnixTimeMilliseconds()),
            };
            return (changed, await store.UpdateAsync(changed, content, answered?.Invoke(changed), cancellationToken));
        });

    /// <summary>Creates the row of a new resource.</summary>
    public static ResourceRow RowOf(
        ResourceKind kind, string id, string accountId, string? parentId, ResourceContent content, long now) => new()
        {
            Id = id,
            Kind = kind.Name,
            AccountId = accountId,
            ParentId = parentId,
            Key = content.Key,
            CreatedAt = now,
            UpdatedAt = now,
            Data = content.Data,
            Secrets = content.Secrets,
        };

    private static async Task<ResourceRow> TryAsync(ResourceKind kind, Func<Task<(ResourceRow Row, ResourceWrite Write)>> write)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var (row, done) = await write();
            if (done == ResourceWrite.KeyTaken)
                throw ApiException.Conflict($"Another resource of this kind has the same {kind.KeyField}");
            if (done == ResourceWrite.ValueTaken)
                throw ApiException.Conflict("The address is taken: only one resource of the whole server can have it");
            if (done == ResourceWrite.Done)
                return row;
        }

        throw ApiException.Conflict($"{kind.Title} is being changed by others at the same time; try again");
    }

    private async Task<(ResourceRow, ResourceWrite)> InsertAsync(
        ResourceRow row, ResourceContent content, Func<ResourceRow, IdempotencyRow?>? answered, CancellationToken cancellationToken) =>
        (row, await store.InsertAsync(row, content.Links, answered?.Invoke(row), cancellationToken));
}
