using ChatBotKit.Server.Changes;

namespace ChatBotKit.Server.Tests.Changes;

/// <summary>A listener that records the changes of a feed.</summary>
internal sealed class ToldChanges : IChangeListener
{
    private readonly Lock _gate = new();
    private readonly List<Change> _told = [];

    public ToldChanges(ChangeFeed feed) => feed.Listen(this);

    /// <summary>The recorded changes, in the order of their arrival.</summary>
    public IReadOnlyList<Change> All
    {
        get
        {
            lock (_gate)
                return [.. _told];
        }
    }

    public void OnChanged(in Change change)
    {
        lock (_gate)
            _told.Add(change);
    }
}
