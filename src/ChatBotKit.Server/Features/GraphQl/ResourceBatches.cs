using ChatBotKit.Server.Data;
using GraphQL.DataLoader;

namespace ChatBotKit.Server.Features.GraphQl;

/// <summary>
/// Collects the keys that fields of one level ask for, and reads what they lead to with one query. The executor asks for the results when
/// it has nothing else to do.
/// </summary>
internal abstract class Batches<TKey, TValue>
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private Batch? _open;

    /// <summary>Returns the value of a key, once it is asked for.</summary>
    public IDataLoaderResult Load(TKey key)
    {
        lock (_lock)
        {
            _open ??= new Batch(this);
            _open.Keys.Add(key);
            return new Pending(_open, key);
        }
    }

    /// <summary>Reads the values of keys. A key without a value is left out.</summary>
    protected abstract Task<IReadOnlyDictionary<TKey, TValue>> ReadAsync(IReadOnlyList<TKey> keys, CancellationToken cancellationToken);

    private sealed class Batch(Batches<TKey, TValue> owner)
    {
        private Task<IReadOnlyDictionary<TKey, TValue>>? _reading;

        public HashSet<TKey> Keys { get; } = [];

        public Task<IReadOnlyDictionary<TKey, TValue>> ReadAsync(CancellationToken cancellationToken)
        {
            lock (owner._lock)
            {
                if (owner._open == this)
                    owner._open = null;
                return _reading ??= owner.ReadAsync([.. Keys], cancellationToken);
            }
        }
    }

    private sealed class Pending(Batch batch, TKey key) : IDataLoaderResult
    {
        public async Task<object?> GetResultAsync(CancellationToken cancellationToken = default) =>
            (await batch.ReadAsync(cancellationToken)).GetValueOrDefault(key);
    }
}

/// <summary>Reads the resources of the account by their ids.</summary>
internal sealed class ResourceBatches(GraphQlCall call) : Batches<string, ResourceNode>
{
    private const int AtOnce = 500;

    protected override async Task<IReadOnlyDictionary<string, ResourceNode>> ReadAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var nodes = new Dictionary<string, ResourceNode>(StringComparer.Ordinal);
        foreach (var ids in keys.Chunk(AtOnce))
        {
            var rows = await call.Store.QueryAsync(db => db.ListByIdsAsync(call.AccountId, ids, GraphQlCall.MaxBytes), cancellationToken);
            call.Count(rows);
            foreach (var row in rows)
            {
                if (call.Queries.NodeOf(row) is { } node)
                    nodes[row.Id] = node;
            }
        }

        return nodes;
    }
}

/// <summary>A list of the resources that are part of another one.</summary>
internal readonly record struct ChildKey(string Kind, string ParentId, bool Descending, int Take);

/// <summary>Reads the resources that are part of others, so that a list with lists in it takes one query for each level.</summary>
internal sealed class ChildBatches(GraphQlCall call) : Batches<ChildKey, ResourcePage>
{
    private const int AtOnce = 200;

    protected override async Task<IReadOnlyDictionary<ChildKey, ResourcePage>> ReadAsync(IReadOnlyList<ChildKey> keys, CancellationToken cancellationToken)
    {
        var pages = keys.ToDictionary(key => key, _ => ResourcePage.Empty);
        foreach (var same in keys.GroupBy(key => key with { ParentId = "" }))
        {
            foreach (var some in same.Chunk(AtOnce))
                await ReadAsync(same.Key, [.. some.Select(key => key.ParentId)], pages, cancellationToken);
        }

        return pages;
    }

    private async Task ReadAsync(ChildKey list, string[] parents, Dictionary<ChildKey, ResourcePage> pages, CancellationToken cancellationToken)
    {
        var rows = await call.Store.QueryAsync(
            db => db.ListChildrenAsync(call.AccountId, list.Kind, parents, list.Descending, list.Take, GraphQlCall.MaxBytes), cancellationToken);
        call.Count(rows);
        foreach (var children in rows.GroupBy(row => row.ParentId!))
            pages[list with { ParentId = children.Key }] = ResourcePage.Of([.. children.Select(row => call.Queries.NodeOf(row)!)]);
    }
}
