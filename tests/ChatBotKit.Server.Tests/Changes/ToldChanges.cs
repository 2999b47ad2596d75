using ChatBotKit.Server.Changes;

namespace ChatBotKit.Server.Tests.Changes;

/// <summary>Keeps the changes that a feed tells it of.</summary>
internal sealed class ToldChanges : IChangeListener
{
    private readonly Lock _gate = new();
    private readonly List<Change> _told = [];

    public ToldChanges(ChangeFeed feed) => feed.Listen(this);

    /// <summary>What was told so far, in its order.</summary>
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
