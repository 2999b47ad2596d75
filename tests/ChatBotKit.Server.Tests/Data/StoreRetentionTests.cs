using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>A channel whose messages were deleted by the retention does not reuse numbers that a client may still know.</summary>
public sealed class StoreRetentionTests : StoreTests
{
    private const string Channel = ChannelLogs.IdPrefix + "1";

    [Fact]
    public async Task DeleteLogBatchesWithoutRun_OfALogThatKeepsItsNumber_LeavesTheLastWithoutLines()
    {
        await Store.CommitAsync(new WriteSet { Log = [Rows.Log(1, 2, Channel, 10), Rows.Log(3, 4, Channel, 20), Rows.Log(1, 1, "other", 20)] });

        await Store.DeleteLogBatchesWithoutRunAsync(0, 100, static logId => logId == Channel, Cancellation);

        var left = Assert.Single(await Store.ListAsync(LogBatchTable.Rows));
        Assert.Equal((Channel, 3, 4, 0), (left.LogId, left.First, left.Last, left.Lines.Length));
        await Assert.ThrowsAsync<StaleWriteException>(() => Store.CommitAsync(new WriteSet { Log = [Rows.Log(1, 1, Channel, 30)] }));
        await Store.CommitAsync(new WriteSet { Log = [Rows.Log(5, 5, Channel, 30)] });
    }

    [Fact]
    public async Task Publish_OnAChannelWhoseMessagesAreGone_GoesOnWithItsNumbersForThoseWhoListenAndThoseWhoCome()
    {
        var logs = new LogDirectory(Store, TimeProvider.System);
        var channels = new ChannelLogs(logs, TimeProvider.System);
        await channels.PublishAsync(Channel, "{\"n\":1}"u8.ToArray(), idempotency: null);
        using var listening = await channels.SubscribeAsync(Channel, history: 0, heartbeat: null);
        await Store.DeleteLogBatchesWithoutRunAsync(0, long.MaxValue, logs.IsOpen, Cancellation);

        using var late = await channels.SubscribeAsync(Channel, history: 10, heartbeat: null);
        await channels.PublishAsync(Channel, "{\"n\":2}"u8.ToArray(), idempotency: null);

        foreach (var subscription in (ChannelSubscription[])[listening, late])
        {
            Assert.Equal(LogRead.Lines, await subscription.Reader.ReadAsync(Cancellation));
            Assert.Equal((2, "{\"n\":2}\n"), (subscription.Reader.Current.First, System.Text.Encoding.UTF8.GetString(subscription.Reader.Current.Lines.Span)));
        }
    }

    [Fact]
    public async Task DeleteLogBatchesWithoutRun_OfALogThatNobodyHolds_ForgetsItsNumberInTheEnd()
    {
        var logs = new LogDirectory(Store, TimeProvider.System);
        await new ChannelLogs(logs, TimeProvider.System).PublishAsync(Channel, "{}"u8.ToArray(), idempotency: null);
        await Store.DeleteLogBatchesWithoutRunAsync(0, long.MaxValue, static _ => true, Cancellation);

        await Store.DeleteLogBatchesWithoutRunAsync(0, long.MaxValue, logs.IsOpen, Cancellation);

        Assert.Equal(0, await Store.CountAsync(LogBatchTable.Rows));
    }

    [Fact]
    public async Task Commit_StartOfARun_StoresItsOwner()
    {
        var run = new RunRow { Id = "owned", AccountId = "account", LogId = "owned", Kind = "complete", StartedAt = 1, Owner = "node" };

        await Store.CommitAsync(new WriteSet { StartedRun = run });

        Assert.Equal("node", (await Store.FindRunAsync("owned", Cancellation))!.Owner);
    }
}
