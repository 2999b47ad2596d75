using System.Collections.Concurrent;

namespace ChatBotKit.Faults.Kill;

/// <summary>
/// The knowledge of the clients: acknowledged writes, received events, and requests without a response. It is kept over all
/// restarts of the server.
/// </summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, int> _acknowledged = new();
    private int _lastText;
    private int _events;
    private TaskCompletionSource? _waiting;
    private int _waitingFor;

    /// <summary>The number of kills so far. Everything that was used since the last kill is checked after the next one.</summary>
    public int Life { get; set; }

    public ConcurrentQueue<ConversationRecord> Conversations { get; } = [];

    public ConcurrentQueue<RunRecord> Runs { get; } = [];

    public ConcurrentQueue<ChannelRecord> Channels { get; } = [];

    public ConcurrentQueue<SessionRecord> Sessions { get; } = [];

    public ConcurrentQueue<ResourceRecord> Resources { get; } = [];

    /// <summary>The requests with a key, which are repeated later.</summary>
    public ConcurrentQueue<KeyedCall> Keyed { get; } = [];

    public IReadOnlyDictionary<string, int> Acknowledged => _acknowledged;

    public int Events => Volatile.Read(ref _events);

    /// <summary>Returns a unique text.</summary>
    public string NewText(string kind) => $"{kind} {Interlocked.Increment(ref _lastText)}";

    public void Acknowledge(string kind) => _acknowledged.AddOrUpdate(kind, 1, static (_, count) => count + 1);

    public void CountEvent()
    {
        if (Interlocked.Increment(ref _events) >= Volatile.Read(ref _waitingFor))
            Volatile.Read(ref _waiting)?.TrySetResult();
    }

    /// <summary>Completes when this number of further events has arrived.</summary>
    public Task WhenMoreEventsAsync(int count)
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _waitingFor, Events + count);
        Volatile.Write(ref _waiting, source);
        return source.Task;
    }
}
