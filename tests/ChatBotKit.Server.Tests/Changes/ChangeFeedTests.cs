using System.Text.Json;
using ChatBotKit.Server.Changes;

namespace ChatBotKit.Server.Tests.Changes;

public sealed class ChangeFeedTests
{
    private static readonly Change Created = new("bot", "a", "owner", ChangeKind.Created);
    private static readonly Change Deleted = Created with { What = ChangeKind.Deleted };

    private readonly ChangeFeed _feed = new();

    [Fact]
    public void Subscribers_AreTold_EverythingInItsOrder()
    {
        using var first = _feed.Subscribe();
        using var second = _feed.Subscribe();

        _feed.Publish(Created);
        _feed.Publish(Deleted);

        foreach (var subscription in new[] { first, second })
        {
            Assert.Equal([Created, Deleted], Read(subscription));
            Assert.False(subscription.TakeLoss());
        }
    }

    [Fact]
    public void Subscriber_ThatReadsNothing_LosesTheNewestAndIsToldSo()
    {
        using var slow = _feed.Subscribe();
        for (var number = 0; number <= ChangeFeed.Capacity; number++)
            _feed.Publish(Created with { Id = $"{number}" });

        Assert.Equal(Enumerable.Range(0, ChangeFeed.Capacity).Select(number => $"{number}"), Read(slow).Select(change => change.Id));
        Assert.True(slow.TakeLoss());
        Assert.False(slow.TakeLoss());
    }

    [Fact]
    public void Subscriber_ThatHasCaughtUp_LosesNothingMore()
    {
        using var slow = _feed.Subscribe();
        for (var number = 0; number <= ChangeFeed.Capacity; number++)
            _feed.Publish(new Change("bot", $"{number}", "owner", ChangeKind.Updated));
        Read(slow);
        Assert.True(slow.TakeLoss());

        _feed.Publish(new Change("dataset", "a", "somebody", ChangeKind.Deleted));

        Assert.Equal([new Change("dataset", "a", "somebody", ChangeKind.Deleted)], Read(slow));
        Assert.False(slow.TakeLoss());
    }

    [Fact]
    public void Subscriber_ThatHasEnded_IsToldNothing()
    {
        var ended = _feed.Subscribe();
        using var other = _feed.Subscribe();
        ended.Dispose();

        _feed.Publish(Created);

        Assert.Empty(Read(ended));
        Assert.True(ended.Changes.Completion.IsCompleted);
        // If the ended subscription still received changes, it would report a loss.
        Assert.False(ended.TakeLoss());
        Assert.Single(Read(other));
    }

    [Fact]
    public void Listeners_AreTold_BeforePublishReturnsAndInTheirOrder()
    {
        var told = new List<string>();
        _feed.Listen(new Listener(change => told.Add($"first {change.What}")));
        _feed.Listen(new Listener(change => told.Add($"second {change.What}")));

        _feed.Publish(Created);
        _feed.Publish(Deleted);

        Assert.Equal(["first Created", "second Created", "first Deleted", "second Deleted"], told);
    }

    [Fact]
    public void Listeners_AreTold_StageByStage_WhicheverListensFirst()
    {
        var told = new List<ListenerStage>();
        foreach (var stage in new[] { ListenerStage.Work, ListenerStage.Memory, ListenerStage.Streams, ListenerStage.Memory })
            _feed.Listen(new Listener(_ => told.Add(stage)), stage);

        _feed.Publish(Deleted);

        Assert.Equal([ListenerStage.Memory, ListenerStage.Memory, ListenerStage.Streams, ListenerStage.Work], told);
    }

    [Fact]
    public void Listener_ThatFails_KeepsNobodyFromBeingTold()
    {
        var told = new List<Change>();
        _feed.Listen(new Listener(_ => throw new InvalidOperationException("It has a defect.")));
        _feed.Listen(new Listener(told.Add));
        using var subscription = _feed.Subscribe();

        _feed.Publish(Created);

        Assert.Equal([Created], told);
        Assert.Equal([Created], Read(subscription));
    }

    [Fact]
    public void Publish_ToListenersAlone_AllocatesNothing()
    {
        var count = 0;
        _feed.Listen(new Listener(_ => count++));
        _feed.Publish(Created);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            _feed.Publish(Created);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1001, count);
    }

    [Fact]
    public void Change_SentAsJson_IsTheSame()
    {
        var change = new Change(ChangedKinds.Conversation, "c", "owner", ChangeKind.Updated) { ConversationId = "c", ContactId = "x" };

        Assert.Equal(change, JsonSerializer.Deserialize<Change>(JsonSerializer.Serialize(change)));
    }

    private static List<Change> Read(ChangeSubscription subscription)
    {
        var changes = new List<Change>();
        while (subscription.Changes.TryRead(out var change))
            changes.Add(change);
        return changes;
    }

    private sealed class Listener(Action<Change> told) : IChangeListener
    {
        public void OnChanged(in Change change) => told(change);
    }
}
