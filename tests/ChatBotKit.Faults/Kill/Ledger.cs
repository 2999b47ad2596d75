using System.Collections.Concurrent;

namespace ChatBotKit.Faults.Kill;

/// <summary>
/// What the clients know: each write that the server has acknowledged, each event that it has sent, and what was asked and not
/// answered. It outlives every server.
/// </summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, int> _acknowledged = new();
    private int _lastText;
    private int _events;
    private TaskCompletionSource? _waiting;
    private int _waitingFor;

    /// <summary>How many servers have been killed so far: what was touched since is checked after each.</summary>
    public int Life { get; set; }

    public ConcurrentQueue<ConversationRecord> Conversations { get; } = [];

    public ConcurrentQueue<RunRecord> Runs { get; } = [];

    public ConcurrentQueue<ChannelRecord> Channels { get; } = [];

    public ConcurrentQueue<SessionRecord> Sessions { get; } = [];

    public ConcurrentQueue<ResourceRecord> Resources { get; } = [];

    /// <summary>The requests that carried a key, to be repeated.</summary>
    public ConcurrentQueue<KeyedCall> Keyed { get; } = [];

    public IReadOnlyDictionary<string, int> Acknowledged => _acknowledged;

    public int Events => Volatile.Read(ref _events);

    /// <summary>A text that there is only once.</summary>
    public string NewText(string kind) => $"{kind} {Interlocked.Increment(ref _lastText)}";

    public void Acknowledge(string kind) => _acknowledged.AddOrUpdate(kind, 1, static (_, count) => count + 1);

    public void CountEvent()
    {
        if (Interlocked.Increment(ref _events) >= Volatile.Read(ref _waitingFor))
            Volatile.Read(ref _waiting)?.TrySetResult();
    }

    /// <summary>Completes when so many more events have come.</summary>
    public Task WhenMoreEventsAsync(int count)
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _waitingFor, Events + count);
        Volatile.Write(ref _waiting, source);
        return source.Task;
    }
}
