namespace ChatBotKit.Server.Changes;

/// <summary>
/// Tells this process what has changed. The store publishes what a transaction announces as soon as that is durable, and before the
/// caller of the store goes on.
/// </summary>
/// <remarks>Listeners are told at once, stage by stage, and within a stage in the order in which they began to listen.</remarks>
internal sealed class ChangeFeed(ILogger<ChangeFeed>? logger = null)
{
    private readonly Lock _lock = new();
    private volatile (IChangeListener Listener, ListenerStage Stage)[] _listeners = [];

    /// <summary>Tells everybody. Never fails: a listener that does keeps nobody else from being told.</summary>
    public void Publish(in Change change)
    {
        foreach (var (listener, _) in _listeners)
            Tell(listener, change);
    }

    /// <summary>Tells the listener of every change from now on, as long as the process lives.</summary>
    public void Listen(IChangeListener listener, ListenerStage stage = ListenerStage.Memory)
    {
        lock (_lock)
            _listeners = [.. _listeners.Append((listener, stage)).OrderBy(one => one.Item2)];
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
