using System.Threading.Channels;

namespace ChatBotKit.Server.Changes;

/// <summary>What happened to a resource.</summary>
internal enum ChangeKind
{
    Created,
    Updated,
    Deleted,
}

/// <summary>Says that something is no longer as it was; published after it is durable.</summary>
/// <param name="Kind">The kind of the resource, such as <c>bot</c>.</param>
/// <param name="Id">Its id.</param>
/// <param name="AccountId">The account that owns it.</param>
/// <param name="What">What happened.</param>
internal readonly record struct Change(string Kind, string Id, string AccountId, ChangeKind What);

/// <summary>
/// Tells subscribers in this process what has changed. Publishing neither waits nor fails. A subscriber has room for
/// <see cref="Capacity"/> changes; one that falls behind further loses some and is told so, and then treats everything as changed.
/// </summary>
internal sealed class ChangeFeed
{
    /// <summary>How many changes wait for one subscriber.</summary>
    public const int Capacity = 1024;

    private readonly Lock _lock = new();
    private volatile ChangeSubscription[] _subscriptions = [];

    public void Publish(string kind, string id, string accountId, ChangeKind what)
    {
        var change = new Change(kind, id, accountId, what);
        foreach (var subscription in _subscriptions)
            subscription.Write(change);
    }

    /// <summary>Every change from now on; dispose the subscription to end it.</summary>
    public ChangeSubscription Subscribe()
    {
        var subscription = new ChangeSubscription(this);
        lock (_lock)
            _subscriptions = [.. _subscriptions, subscription];
        return subscription;
    }

    internal void Remove(ChangeSubscription subscription)
    {
        lock (_lock)
            _subscriptions = [.. _subscriptions.Where(other => other != subscription)];
    }
}

/// <summary>What one subscriber is told, for one reader.</summary>
internal sealed class ChangeSubscription(ChangeFeed feed) : IDisposable
{
    private readonly Channel<Change> _changes = Channel.CreateBounded<Change>(
        new BoundedChannelOptions(ChangeFeed.Capacity) { SingleReader = true });

    private int _hasLost;

    /// <summary>The changes in the order in which they were published.</summary>
    public ChannelReader<Change> Changes => _changes.Reader;

    /// <summary>Whether changes were lost since this was asked last, so that nothing that was known before is certain.</summary>
    public bool TakeLoss() => Interlocked.Exchange(ref _hasLost, 0) != 0;

    public void Dispose()
    {
        feed.Remove(this);
        _changes.Writer.TryComplete();
    }

    internal void Write(Change change)
    {
        if (!_changes.Writer.TryWrite(change))
            Volatile.Write(ref _hasLost, 1);
    }
}
