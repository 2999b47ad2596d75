using ChatBotKit.Server.Changes;

namespace ChatBotKit.Server.Tests.Changes;

public sealed class ChangeFeedTests
{
    private readonly ChangeFeed _feed = new();

    [Fact]
    public void Subscribers_AreTold_EverythingInItsOrder()
    {
        using var first = _feed.Subscribe();
        using var second = _feed.Subscribe();

        _feed.Publish("bot", "a", "owner", ChangeKind.Created);
        _feed.Publish("bot", "a", "owner", ChangeKind.Deleted);

        foreach (var subscription in new[] { first, second })
        {
            Assert.Equal(["Created", "Deleted"], Read(subscription).Select(change => change.What.ToString()));
            Assert.False(subscription.TakeLoss());
        }
    }

    [Fact]
    public void Subscriber_ThatReadsNothing_LosesTheNewestAndIsToldSo()
    {
        using var slow = _feed.Subscribe();
        for (var number = 0; number <= ChangeFeed.Capacity; number++)
            _feed.Publish("bot", $"{number}", "owner", ChangeKind.Updated);

        Assert.Equal(Enumerable.Range(0, ChangeFeed.Capacity).Select(number => $"{number}"), Read(slow).Select(change => change.Id));
        Assert.True(slow.TakeLoss());
        Assert.False(slow.TakeLoss());
    }

    [Fact]
    public void Subscriber_ThatHasCaughtUp_LosesNothingMore()
    {
        using var slow = _feed.Subscribe();
        for (var number = 0; number <= ChangeFeed.Capacity; number++)
            _feed.Publish("bot", $"{number}", "owner", ChangeKind.Updated);
        Read(slow);
        Assert.True(slow.TakeLoss());

        _feed.Publish("dataset", "a", "somebody", ChangeKind.Deleted);

        Assert.Equal([new Change("dataset", "a", "somebody", ChangeKind.Deleted)], Read(slow));
        Assert.False(slow.TakeLoss());
    }

    [Fact]
    public void Subscriber_ThatHasEnded_IsToldNothing()
    {
        var ended = _feed.Subscribe();
        using var other = _feed.Subscribe();
        ended.Dispose();

        _feed.Publish("bot", "a", "owner", ChangeKind.Updated);

        Assert.Empty(Read(ended));
        Assert.True(ended.Changes.Completion.IsCompleted);
        // One that was still told of changes would believe that it lost them.
        Assert.False(ended.TakeLoss());
        Assert.Single(Read(other));
    }

    private static List<Change> Read(ChangeSubscription subscription)
    {
        var changes = new List<Change>();
        while (subscription.Changes.TryRead(out var change))
            changes.Add(change);
        return changes;
    }
}
