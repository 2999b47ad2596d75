namespace ChatBotKit.Server.Changes;

/// <summary>
/// Publishes changes within this process. The store publishes the changes of a transaction as soon as they are durable, and before
/// the call that wrote them returns.
/// </summary>
/// <remarks>Listeners are called synchronously, stage by stage, and within a stage in the order of their registration.</remarks>
internal sealed class ChangeFeed(ILogger<ChangeFeed>? logger = null)
{
    private readonly Lock _lock = new();
    private volatile (IChangeListener Listener, ListenerStage Stage)[] _listeners = [];

    /// <summary>Publishes a change. It never throws: when a listener fails, the others are still called.</summary>
    public void Publish(in Change change)
    {
        foreach (var (listener, _) in _listeners)
            Notify(listener, change);
    }

    /// <summary>Registers a listener for all later changes, for the lifetime of the process.</summary>
    public void Listen(IChangeListener listener, ListenerStage stage = ListenerStage.Memory)
    {
        lock (_lock)
            _listeners = [.. _listeners.Append((listener, stage)).OrderBy(one => one.Item2)];
    }

    private void Notify(IChangeListener listener, in Change change)
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
