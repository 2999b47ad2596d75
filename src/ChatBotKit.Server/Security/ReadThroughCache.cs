using System.Collections.Concurrent;

namespace ChatBotKit.Server.Security;

/// <summary>
/// A bounded cache of rows that decide about access. Calls that begin after <see cref="Invalidate"/> has returned never get the old
/// row: a row whose loading began before is not added to the cache.
/// </summary>
/// <param name="capacity">
/// The maximum size. When it is exceeded, the cache is cleared, which is simpler than tracking the order of use, and as good at
/// this size.
/// </param>
/// <param name="sizeOf">Returns the size of a row; null for a size of 1.</param>
internal sealed class ReadThroughCache<TKey, TValue>(int capacity, Func<TValue, int>? sizeOf = null)
    where TKey : notnull
    where TValue : class
{
    private readonly ConcurrentDictionary<TKey, TValue> _rows = new();
    private readonly Lock _changing = new();
    private long _version;
    private long _size;

    public int Count => _rows.Count;

    /// <summary>Returns the cached row, or loads it. A missing row is not cached.</summary>
    public ValueTask<TValue?> GetAsync<TState>(
        TKey key, TState state, Func<TKey, TState, CancellationToken, ValueTask<TValue?>> load, CancellationToken cancellationToken) =>
        _rows.TryGetValue(key, out var row) ? new ValueTask<TValue?>(row) : LoadAsync(key, state, load, cancellationToken);

    public void Invalidate(TKey key)
    {
        lock (_changing)
        {
            _version++;
            if (_rows.TryRemove(key, out var row))
                _size -= SizeOf(row);
        }
    }

    public void InvalidateAll()
    {
        lock (_changing)
        {
            _version++;
            _rows.Clear();
            _size = 0;
        }
    }

    private async ValueTask<TValue?> LoadAsync<TState>(
        TKey key, TState state, Func<TKey, TState, CancellationToken, ValueTask<TValue?>> load, CancellationToken cancellationToken)
    {
        var version = Volatile.Read(ref _version);
        var row = await load(key, state, cancellationToken);
        if (row is not null)
            Add(key, row, version);
        return row;
    }

    private void Add(TKey key, TValue row, long version)
    {
        lock (_changing)
        {
            if (version != _version)
                return;
            if (_size + SizeOf(row) > capacity)
            {
                _rows.Clear();
                _size = 0;
            }

            if (_rows.TryAdd(key, row))
                _size += SizeOf(row);
        }
    }

    private int SizeOf(TValue row) => sizeOf?.Invoke(row) ?? 1;
}
