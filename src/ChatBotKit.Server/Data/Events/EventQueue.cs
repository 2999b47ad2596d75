using System.Text.Json.Nodes;
using ChatBotKit.Server.Changes;

namespace ChatBotKit.Server.Data;

/// <summary>
/// Events about requests that store nothing else, such as a search or a refused request. Equal events that wait become one with their
/// number in <c>meta</c>, so that no caller can fill the log. Events that the store refuses are lost.
/// </summary>
internal sealed class EventQueue(IStore store, StoreOptions options, TimeProvider time, ILogger<EventQueue> logger)
    : StoredLater("The last events about requests and searches were lost.", logger)
{
    /// <summary>How many different events can wait. Further ones are dropped.</summary>
    public const int Capacity = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Waiting> _waiting = new(StringComparer.Ordinal);

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

    protected override async Task StoreAsync()
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
