namespace ChatBotKit.Server.Changes;

/// <summary>
/// Tells this process what has changed. The store publishes what a transaction announces as soon as that is durable, and before the
/// caller of the store goes on.
/// </summary>
/// <remarks>
/// Listeners are told at once, stage by stage, and within a stage in the order in which they began to listen. Subscriptions are for
/// work that takes its time; each has room for <see cref="Capacity"/> changes. One that falls behind further loses some and is told
/// so, and then treats everything as changed.
/// </remarks>
internal sealed class ChangeFeed(ILogger<ChangeFeed>? logger = null)
{
    /// <summary>How many changes wait for one subscription.</summary>
    public const int Capacity = 1024;

    private readonly Lock _lock = new();
    private volatile (IChangeListener Listener, ListenerStage Stage)[] _listeners = [];
    private volatile ChangeSubscription[] _subscriptions = [];

    /// <summary>Tells everybody. Never fails: a listener that does keeps nobody else from being told.</summary>
    public void Publish(in Change change)
    {
        foreach (var (listener, _) in _listeners)
            Tell(listener, change);
        foreach (var subscription in _subscriptions)
            subscription.Write(change);
    }

    /// <summary>Tells the listener of every change from now on, as long as the process lives.</summary>
    public void Listen(IChangeListener listener, ListenerStage stage = ListenerStage.Memory)
    {
        lock (_lock)
            _listeners = [.. _listeners.Append((listener, stage)).OrderBy(one => one.Item2)];
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

    private void Tell(IChangeListener listener, in Change change)
    {
        try
        {
            listener.OnChanged(change);
        }
        catch (Exception exception)
        {
            logger?.LogError(exception, "{Listener} failed to take note of a change of {Kind} {Id}", listener.GetType().Name, change.Kind, change.Id);
        }
    }
}
