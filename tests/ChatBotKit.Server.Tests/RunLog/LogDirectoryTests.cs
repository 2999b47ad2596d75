using System.Text;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.Tests.RunLog;

public sealed class LogDirectoryTests : LogTests
{
    [Fact]
    public async Task Open_HeldByTwo_IsOneLogUntilBothLetGo()
    {
        var logs = new LogDirectory(new GatedStore(isOpen: true), Clock);
        var first = await logs.OpenAsync("run-1");
        Assert.Same(first, await logs.OpenAsync("run-1"));
        logs.Release("run-1");
        Assert.Same(first, await logs.OpenAsync("run-1"));
        logs.Release("run-1");
        logs.Release("run-1");
        Assert.Equal(0, logs.Count);
        Assert.NotSame(first, await logs.OpenAsync("run-1"));
    }

    [Fact]
    public async Task Open_ChannelHeldByTwo_HasTwoWritersAndTheSameLines()
    {
        var logs = new LogDirectory(new GatedStore(isOpen: true), Clock);
        var (first, second) = (await logs.OpenAsync("channel-1"), await logs.OpenAsync("channel-1"));
        using var reader = Reader(second);
        Say(first, "one");
        await first.FlushAsync();

        Assert.NotSame(first, second);
        Assert.Equal(1, second.Published);
        Assert.Equal("one", TextOf(Assert.Single(await ReadAsync(reader, 1))));
    }

    [Fact]
    public async Task Open_AgainAfterItWasClosed_GoesOnCounting()
    {
        var store = new GatedStore(isOpen: true);
        var logs = new LogDirectory(store, Clock);
        var channels = new ChannelLogs(logs, Clock);
        var id = ChannelLogs.LogId("scope", "a channel of the caller");
        for (var i = 0; i < 3; i++)
            await channels.PublishAsync(id, Encoding.UTF8.GetBytes($$"""{"n":{{i}}}"""), idempotency: null);

        Assert.Equal(0, logs.Count);
        Assert.Equal([1, 2, 3], store.Batches.Select(batch => batch.First));
        using var all = await channels.SubscribeAsync(id, history: 2, heartbeat: null);
        Assert.Equal(["""{"n":1}""", """{"n":2}"""], await ReadAsync(all.Reader, 2));
    }

    [Fact]
    public async Task Subscribe_WithoutHistory_SeesOnlyWhatComes()
    {
        var logs = new LogDirectory(new GatedStore(isOpen: true), Clock);
        var channels = new ChannelLogs(logs, Clock);
        await channels.PublishAsync("channel-1", """{"n":0}"""u8.ToArray(), idempotency: null);
        var subscription = await channels.SubscribeAsync("channel-1", history: 0, heartbeat: null);
        await channels.PublishAsync("channel-1", """{"n":1}"""u8.ToArray(), idempotency: null);
        Assert.Equal(["""{"n":1}"""], await ReadAsync(subscription.Reader, 1));
        subscription.Dispose();
        Assert.Equal(0, logs.Count);
    }

    [Fact]
    public async Task Open_AfterTheStoreFailed_IsANewLogThoughTheOldOneIsStillHeld()
    {
        var store = new GatedStore();
        var logs = new LogDirectory(store, Clock);
        var failing = await logs.OpenAsync("channel-1");
        var faults = 0;
        failing.Faulted += () => faults++;
        failing.AppendObject("{}"u8, rows: null);
        var flush = failing.FlushAsync();
        (await store.NextCommitAsync()).Fail(new StoreUnavailableException("No space left."));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => flush);
        Assert.Equal((true, 1), (failing.IsFaulted, faults));

        var fresh = await logs.OpenAsync("channel-1");

        Assert.NotSame(failing, fresh);
        fresh.AppendObject("{}"u8, rows: null);
        flush = fresh.FlushAsync();
        (await store.NextCommitAsync()).Pass();
        await flush;
        logs.Release("channel-1");
        Assert.Equal(1, logs.Count);
        logs.Release("channel-1");
        Assert.Equal(0, logs.Count);
    }

    [Fact]
    public void LogId_OtherScope_IsAnotherChannel()
    {
        Assert.Equal(ChannelLogs.LogId("a", "c"), ChannelLogs.LogId("a", "c"));
        Assert.NotEqual(ChannelLogs.LogId("a", "c"), ChannelLogs.LogId("b", "c"));
    }

    [Fact]
    public async Task OpenAndRelease_FromManyThreads_LosesNoMessageAndLeavesNothingOpen()
    {
        var store = new GatedStore(isOpen: true);
        var logs = new LogDirectory(store, Clock);
        var channels = new ChannelLogs(logs, Clock);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 400),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancellation },
            async (i, _) => await channels.PublishAsync($"channel-{i % 3}", "{}"u8.ToArray(), idempotency: null));

        Assert.Equal(0, logs.Count);
        foreach (var channel in store.Batches.GroupBy(batch => batch.LogId))
        {
            var next = 1L;
            foreach (var batch in channel.OrderBy(batch => batch.First))
            {
                Assert.Equal(next, batch.First);
                next = batch.Last + 1;
            }
        }
        Assert.Equal(400, store.Batches.Sum(batch => batch.Last - batch.First + 1));
    }

    [Fact]
    public async Task Read_RunThatIsBeingWritten_FollowsIt()
    {
        var logs = new LogDirectory(new GatedStore(isOpen: true), Clock);
        var log = logs.Create("run-1");
        using var reader = logs.Read("run-1", after: 0, heartbeat: null);
        var reading = ReadAsync(reader);
        Say(log, "one");
        log.Complete();
        await log.FlushAsync();
        logs.Release("run-1");

        Assert.Single(await reading);
        using var late = logs.Read("run-1", after: 0, heartbeat: null);
        Assert.Single(await ReadAsync(late));
    }
}
