using System.Text.Json.Nodes;
using ChatBotKit.Server.Changes;

namespace ChatBotKit.Server.Data;

/// <summary>
/// Events about what stores nothing itself, such as a search or a refused request. They are stored in the background, within about a
/// second; the last ones are lost when the process is killed. Equal events that wait become one with their number in <c>meta</c>, so
/// that no caller can fill the log.
/// </summary>
internal sealed class EventQueue(IStore store, StoreOptions options, TimeProvider time, ILogger<EventQueue> logger) : IAsyncDisposable
{
    /// <summary>How many different events can wait. Further ones are dropped.</summary>
    public const int Capacity = 1_000;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _flushing = new(1);
    private readonly Dictionary<string, Waiting> _waiting = new(StringComparer.Ordinal);
    private bool _isClosed;

    /// <param name="accountId">The account.</param>
    /// <param name="type">The type.</param>
    /// <param name="resources">The resources that the event is about.</param>
    /// <param name="meta">A JSON object; null for none.</param>
    public void Add(string accountId, string type, IReadOnlyList<EventLink> resources, string? meta = null)
    {
        if (!options.KeepsEvents)
            return;
        var key = $"{accountId} {type} {string.Join(' ', resources)} {meta}";
        lock (_gate)
        {
            if (_waiting.TryGetValue(key, out var waiting))
                waiting.Count++;
            else if (_waiting.Count < Capacity)
                _waiting.Add(key, new Waiting(accountId, type, resources, meta, time.GetUtcNow().ToUnixTimeMilliseconds()));
        }
    }

    /// <summary>Stores the waiting events.</summary>
    /// <exception cref="StoreUnavailableException">The store fails. The events are lost.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _flushing.WaitAsync(cancellationToken);
        try
        {
            List<EventEntry> entries;
            lock (_gate)
            {
                entries = [.. _waiting.Values.Select(waiting => waiting.ToEntry())];
                _waiting.Clear();
            }

            if (entries.Count > 0)
                await store.CommitAsync(new WriteSet { Events = entries });
        }
        finally
        {
            _flushing.Release();
        }
    }

    /// <summary>Stores the waiting events. Events that are added later are lost.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, true))
            return;
        try
        {
            await FlushAsync(CancellationToken.None);
        }
        catch (StoreUnavailableException exception)
        {
            logger.LogWarning(exception, "The last events about requests and searches were lost.");
        }

        _flushing.Dispose();
    }

    private sealed class Waiting(string accountId, string type, IReadOnlyList<EventLink> resources, string? meta, long at)
    {
        public int Count { get; set; } = 1;

        public EventEntry ToEntry()
        {
            if (Count == 1)
                return EventEntry.About(accountId, type, at, resources, meta);
            var counted = meta is null ? [] : JsonNode.Parse(meta)!.AsObject();
            counted["count"] = Count;
            return EventEntry.About(accountId, type, at, resources, counted.ToJsonString());
        }
    }
}
