using System.Threading.Channels;

namespace ChatBotKit.Server.Changes;

/// <summary>The unread changes of one subscriber. It has a single reader.</summary>
internal sealed class ChangeSubscription(ChangeFeed feed) : IDisposable
{
    private readonly Channel<Change> _changes = Channel.CreateBounded<Change>(
        new BoundedChannelOptions(ChangeFeed.Capacity) { SingleReader = true });

    private int _hasLost;

    /// <summary>The changes in the order in which they were published.</summary>
    public ChannelReader<Change> Changes => _changes.Reader;

    /// <summary>
    /// Returns whether changes were lost since the last call. If so, everything that the subscriber knew may be outdated.
    /// </summary>
    public bool TakeLoss() => Interlocked.Exchange(ref _hasLost, 0) != 0;

    public void Dispose()
    {
        feed.Remove(this);
        _changes.Writer.TryComplete();
    }

    internal void Write(in Change change)
    {
        if (!_changes.Writer.TryWrite(change))
            Volatile.Write(ref _hasLost, 1);
    }
}
