using ChatBotKit.Server.Data;

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
        Assert.Equal(["new", "open"], (await Store.ListAsync(RunTable.Rows, "ORDER BY \"Id\"")).Select(run => run.Id));
        Assert.Equal(["channel", "new", "open"], await ListLogsAsync());
    }

    [Fact]
    public async Task DeleteLogBatchesWithoutRun_OlderThanTheMoment_LeavesRunsAndTheRest()
    {
        await Store.CommitAsync(new WriteSet { StartedRun = Rows.Run("run"), Log = [Rows.Log(1, 1, "run", 50)] });
        await Store.CommitAsync(new WriteSet
        {
            Log = [Rows.Log(1, 1, "channel", 10), Rows.Log(2, 2, "channel", 99), Rows.Log(3, 3, "channel", 100)],
        });

        var last = await Store.DeleteLogBatchesWithoutRunAsync(0, 100, static _ => false, Cancellation);

        AssertRow(3, 100, last);
        Assert.Equal(["channel", "run"], await ListLogsAsync());
        Assert.Equal(3, Assert.Single(await Store.ReadLogAsync("channel", 0, 1000, Cancellation)).First);
    }

    [Fact]
    public async Task DeleteLogBatchesWithoutRun_GoingOnFromTheLastRow_LooksAtNewRowsAlone()
    {
        OnFiles();
        await Store.CommitAsync(new WriteSet { StartedRun = Rows.Run("run"), Log = [Rows.Log(1, 1, "run", 10), Rows.Log(1, 1, "old", 20)] });
        var last = await Store.DeleteLogBatchesWithoutRunAsync(0, 100, static _ => false, Cancellation);
        await Store.CommitAsync(new WriteSet { Log = [Rows.Log(1, 1, "behind", 30)] });

        Assert.Equal(2, last);
        // The next row reuses the number of the deleted row, so the search must not begin after the last existing row.
        last = await Store.DeleteLogBatchesWithoutRunAsync(last, 100, static _ => false, Cancellation);
        await Store.CommitAsync(new WriteSet { Log = [Rows.Log(1, 1, "later", 40)] });
        await Store.DeleteLogBatchesWithoutRunAsync(last, 100, static _ => false, Cancellation);
        Assert.DoesNotContain("later", await ListLogsAsync());
        await Store.DeleteLogBatchesWithoutRunAsync(0, 100, static _ => false, Cancellation);
        Assert.Equal(["run"], await ListLogsAsync());
    }

    /// <summary>
    /// The clock was ahead for a while and was corrected. Every row is deleted when its own time has come, and not before.
    /// </summary>
    [Fact]
    public async Task DeleteLogBatchesWithoutRun_TimesOutOfOrder_DeletesWhatIsOldAndNothingElse()
    {
        long[] times = [10, 5000, 20, 5001, 30, 40, 10, 90, 150, 160, 5002, 50];
        await Store.CommitAsync(new WriteSet { Log = [.. times.Select((time, number) => Rows.Log(1, 1, $"log{number:00}", time))] });

        await Store.DeleteLogBatchesWithoutRunAsync(0, 100, static _ => false, Cancellation);
        var young = await ListLogsAsync();
        await Store.DeleteLogBatchesWithoutRunAsync(0, 1000, static _ => false, Cancellation);
        var ahead = await ListLogsAsync();
        await Store.DeleteLogBatchesWithoutRunAsync(0, 10_000, static _ => false, Cancellation);

        // An old row may only be left if it follows a newer one.
        Assert.Equal(["log01", "log03", "log08", "log09", "log10"], young.Except(["log11"]));
        Assert.Equal(["log01", "log03", "log10"], ahead.Except(["log11"]));
        Assert.Empty(await ListLogsAsync());
    }

    [Fact]
    public async Task DeleteLogBatchesWithoutRun_MoreThanAStep_FindsTheBoundaryAmongGaps()
    {
        var appends = Enumerable.Range(1, 2500).Select(number => Rows.Log(1, 1, $"log{number:0000}", number)).ToArray();
        await Store.CommitAsync(new WriteSet { Log = appends });
        await Store.DeleteLogBatchesWithoutRunAsync(0, 1201, static _ => false, Cancellation);

        var last = await Store.DeleteLogBatchesWithoutRunAsync(0, 2400, static _ => false, Cancellation);

        AssertRow(2399, 2400, last);
        Assert.Equal(101, (await ListLogsAsync()).Count);
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
        Assert.Equal(["endless-m1"], (await Store.ListAsync(MessageTable.Rows)).Select(message => message.Id));
    }

    /// <summary>Compares the start of the next search, which is a row id on SQLite and a time on PostgreSQL.</summary>
    private static void AssertRow(long row, long moment, long last) => Assert.Equal(TestStore.IsPostgres ? moment : row, last);

    private async Task<List<string>> ListLogsAsync() => await Store.QueryAsync(
        db => db.ListAsync("SELECT DISTINCT \"LogId\" FROM \"LogBatches\" ORDER BY \"LogId\"", row => row.GetString(0)), Cancellation);
}
