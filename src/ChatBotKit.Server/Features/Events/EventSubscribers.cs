using System.Collections.Concurrent;
using System.Threading.Channels;
using ChatBotKit.Server.Changes;

namespace ChatBotKit.Server.Features.Events;

/// <summary>The open subscriptions to the event log. It passes on each event as soon as it is durable.</summary>
internal sealed class EventSubscribers : IChangeListener
{
    private readonly ConcurrentDictionary<EventSubscription, bool> _subscriptions = new();

    public EventSubscribers(ChangeFeed changes) => changes.Listen(this, ListenerStage.Streams);

    /// <summary>Begins a subscription, which gets all events that become durable from now on. It ends when it is disposed.</summary>
    public EventSubscription Subscribe(string accountId)
    {
        var subscription = new EventSubscription(this, accountId);
        _subscriptions.TryAdd(subscription, true);
        return subscription;
    }

    public void Remove(EventSubscription subscription) => _subscriptions.TryRemove(subscription, out _);

    public void OnChanged(in Change change)
    {
        if (change.Event is not { } entry || _subscriptions.IsEmpty)
            return;
        foreach (var (subscription, _) in _subscriptions)
        {
            if (subscription.AccountId == entry.AccountId)
                subscription.Add(entry);
        }
    }
}

/// <summary>A subscription to the event log of an account.</summary>
internal sealed class EventSubscription(EventSubscribers subscribers, string accountId) : IDisposable
{
    /// <summary>How many events wait for a subscriber that reads slowly. When there are more, the subscription ends.</summary>
    public const int Capacity = 10_000;

    private readonly Channel<EventEntry> _events = Channel.CreateBounded<EventEntry>(
        new BoundedChannelOptions(Capacity) { SingleReader = true });

    public string AccountId => accountId;

    /// <summary>Whether the subscription has ended because the subscriber reads too slowly.</summary>
    public bool IsTooSlow { get; private set; }

    /// <summary>The waiting events.</summary>
    public ChannelReader<EventEntry> Events => _events.Reader;

    public void Add(EventEntry entry)
    {
        if (_events.Writer.TryWrite(entry) || !_events.Writer.TryComplete())
            return;
        IsTooSlow = true;
    }

    /// <summary>Ends the subscription after the waiting events.</summary>
    public void Stop() => _events.Writer.TryComplete();

    public void Dispose()
    {
        subscribers.Remove(this);
        Stop();
    }
}
