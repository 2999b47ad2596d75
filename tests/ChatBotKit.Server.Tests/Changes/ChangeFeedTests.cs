using System.Text.Json;
using ChatBotKit.Server.Changes;

namespace ChatBotKit.Server.Tests.Changes;

public sealed class ChangeFeedTests
{
    private static readonly Change Created = new("bot", "a", "owner", ChangeKind.Created);
    private static readonly Change Deleted = Created with { What = ChangeKind.Deleted };

    private readonly ChangeFeed _feed = new();

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

        _feed.Publish(Created);

        Assert.Equal([Created], told);
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

    private sealed class Listener(Action<Change> told) : IChangeListener
    {
        public void OnChanged(in Change change) => told(change);
    }
}
