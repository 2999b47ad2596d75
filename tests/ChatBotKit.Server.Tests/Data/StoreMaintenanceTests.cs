using ChatBotKit.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace ChatBotKit.Server.Tests.Data;

public sealed class StoreMaintenanceTests : StoreTests
{
    [Fact]
    public async Task DeleteEndedRuns_OlderThanTheMoment_TakesTheirOwnLogsAlone()
    {
        await Store.CommitAsync(new WriteSet { StartedRun = Rows.Run("old", endedAt: 99), Log = [Rows.Log(1, 2, "old"), Rows.Log(3, 4, "old")] });
        await Store.CommitAsync(new WriteSet { StartedRun = Rows.Run("new", endedAt: 100), Log = [Rows.Log(1, 2, "new")] });
        await Store.CommitAsync(new WriteSet { StartedRun = Rows.Run("open"), Log = [Rows.Log(1, 2, "open"), Rows.Log(1, 2, "channel")] });

        var deleted = await Store.DeleteEndedRunsAsync(100, Cancellation);

        Assert.Equal(1, deleted);
        Assert.Equal(["new", "open"], await Store.ReadAsync((db, token) =>
            db.Runs.Select(run => run.Id).Order().ToListAsync(token), Cancellation));
        Assert.Equal(["channel", "new", "open"], await ListLogsAsync());
    }

    [Fact]
    public async Task DeleteLogBatchesWithoutRun_InTheSpan_LeavesRunsAndOtherTimes()
    {
        await Store.CommitAsync(new WriteSet { StartedRun = Rows.Run("run"), Log = [Rows.Log(1, 1, "run", 50)] });
        await Store.CommitAsync(new WriteSet
        {
            Log = [Rows.Log(1, 1, "before", 9), Rows.Log(1, 1, "within", 10), Rows.Log(2, 2, "within", 99), Rows.Log(3, 3, "within", 100)],
        });

        var deleted = await Store.DeleteLogBatchesWithoutRunAsync(10, 100, Cancellation);

        Assert.Equal(2, deleted);
        Assert.Equal(["before", "run", "within"], await ListLogsAsync());
        Assert.Equal(3, Assert.Single(await Store.ReadLogAsync("within", 0, 1000, Cancellation)).First);
    }

    [Fact]
    public async Task DeleteIdempotencyKeys_MoreThanABatch_DeletesAllOldOnes()
    {
        await Task.WhenAll(Enumerable.Range(0, 250).Select(number =>
            Store.CommitAsync(new WriteSet { Idempotency = Rows.Idempotency($"old{number}", createdAt: 99) })));
        await Store.CommitAsync(new WriteSet { Idempotency = Rows.Idempotency("new", createdAt: 100) });

        var deleted = await Store.DeleteIdempotencyKeysAsync(100, Cancellation);

        Assert.Equal(250, deleted);
        Assert.NotNull(await Store.FindIdempotencyAsync("scope", "new", Cancellation));
        Assert.Null(await Store.FindIdempotencyAsync("scope", "old0", Cancellation));
    }

    [Fact]
    public async Task DeleteExpiredConversations_WithMessages_LeavesThoseThatLast()
    {
        await AddConversationAsync("expired", expiresAt: 99);
        await AddConversationAsync("lasting", expiresAt: 100);
        await AddConversationAsync("endless");
        await Store.CommitAsync(Rows.Set(Rows.Message(1, "expired"), Rows.Message(1, "endless")));

        var deleted = await Store.DeleteExpiredConversationsAsync(100, Cancellation);

        Assert.Equal(1, deleted);
        Assert.Null(await Store.LoadConversationAsync("expired", 1, Cancellation));
        Assert.NotNull(await Store.LoadConversationAsync("lasting", 1, Cancellation));
        Assert.Equal(["endless-m1"], await Store.ReadAsync((db, token) =>
            db.Messages.Select(message => message.Id).ToListAsync(token), Cancellation));
    }

    private Task<List<string>> ListLogsAsync() => Store.ReadAsync((db, token) =>
        db.LogBatches.Select(batch => batch.LogId).Distinct().Order().ToListAsync(token), Cancellation);
}
