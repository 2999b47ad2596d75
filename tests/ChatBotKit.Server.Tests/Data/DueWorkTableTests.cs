using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Tests.Data;

public sealed class DueWorkTableTests : StoreTests
{
    private const string Kind = "mail";

    [Fact]
    public async Task Take_GivesWhatIsDue_TheOldestFirst_AndEachItemOnce()
    {
        await AddAsync(("late", 30), ("first", 10), ("second", 20), ("later", 41));
        await ChangeAsync(db => db.AddDueWorkAsync(Item("other", 1) with { Kind = "other" }));

        var first = await TakeAsync(now: 40, take: 2);
        var second = await TakeAsync(now: 40, take: 2);

        Assert.Equal(["first", "second"], first.Select(row => row.Key).Order());
        Assert.Equal(["late"], second.Select(row => row.Key));
        Assert.Empty(await TakeAsync(now: 40));
        Assert.All(first, row => Assert.Equal((1L, 1, "node", 140L), (row.Token, row.Attempt, row.Owner, row.DueAt)));
        Assert.Equal(["first", "late", "later", "second"], (await TakeAsync(now: 140)).Select(row => row.Key).Order());
    }

    [Fact]
    public async Task Finish_EndsTheItem_TogetherWithItsEffect()
    {
        await AddAsync(("one", 10));
        var taken = Assert.Single(await TakeAsync(now: 10));

        await FinishAsync(taken, "effect");

        Assert.Null(await FindAsync("one"));
        Assert.Equal(1, await EffectsAsync());
    }

    [Fact]
    public async Task Finish_OfAWorkerThatIsLate_ChangesNothing()
    {
        await AddAsync(("one", 10));
        var late = Assert.Single(await TakeAsync(now: 10));
        var second = Assert.Single(await TakeAsync(now: 110));

        await Assert.ThrowsAsync<StaleWriteException>(() => FinishAsync(late, "late"));
        Assert.Equal(0, await EffectsAsync());
        Assert.Equal(second, await FindAsync("one"));

        await FinishAsync(second, "second");
        await Assert.ThrowsAsync<StaleWriteException>(() => FinishAsync(late, "after the end"));
        await Assert.ThrowsAsync<StaleWriteException>(() => FinishAsync(second, "again"));
        Assert.Equal(1, await EffectsAsync());
        Assert.Null(await FindAsync("one"));
    }

    [Fact]
    public async Task Settle_OfAWorkerThatIsLate_ChangesNothing_AlsoWhenTheItemIsGone()
    {
        await AddAsync(("one", 10));
        var late = Assert.Single(await TakeAsync(now: 10));
        await ChangeAsync(db => db.SettleDueWorkAsync(late with { DueAt = 50, ScheduledAt = 50, Attempt = 0, Payload = "next" }));
        var settled = await FindAsync("one");

        await Assert.ThrowsAsync<StaleWriteException>(() => ChangeAsync(db => db.SettleDueWorkAsync(late with { DueAt = 60 })));
        Assert.Equal(settled, await FindAsync("one"));
        Assert.Equal((50L, 50L, 0, "next", null), (settled!.DueAt, settled.ScheduledAt, settled.Attempt, settled.Payload, settled.Owner));

        await ChangeAsync(db => db.DeleteDueWorkAsync(Kind, "one"));
        await Assert.ThrowsAsync<StaleWriteException>(() => ChangeAsync(db => db.SettleDueWorkAsync(settled with { DueAt = 60 })));
        Assert.Null(await FindAsync("one"));
    }

    [Fact]
    public async Task Neighbours_OfALateWorkerInAGroup_AreStored()
    {
        await AddAsync(("one", 10), ("two", 10));
        var taken = await TakeAsync(now: 10);
        await TakeAsync(now: 110, take: 1);
        var (stale, good) = (await FindAsync("one"))!.Token == 1 ? ("two", "one") : ("one", "two");

        var late = FinishAsync(taken.Single(row => row.Key == stale), "late");
        var inTime = FinishAsync(taken.Single(row => row.Key == good), "in time");

        await Assert.ThrowsAsync<StaleWriteException>(() => late);
        await inTime;
        Assert.Equal(1, await EffectsAsync());
    }

    [Fact]
    public async Task Renew_KeepsTheLease_UntilItIsLost()
    {
        await AddAsync(("one", 10));
        var taken = Assert.Single(await TakeAsync(now: 10));

        Assert.True(await Store.ChangeAsync(db => db.RenewDueWorkAsync(taken, 200), Cancellation));
        Assert.Empty(await TakeAsync(now: 199));
        Assert.Single(await TakeAsync(now: 200));
        Assert.False(await Store.ChangeAsync(db => db.RenewDueWorkAsync(taken, 400), Cancellation));
    }

    [Fact]
    public async Task DeadLetter_IsTakenNoMore_UntilItIsRetried()
    {
        await AddAsync(("one", 10));
        var taken = Assert.Single(await TakeAsync(now: 10));
        await ChangeAsync(db => db.SettleDueWorkAsync(taken with { DueAt = null, LastError = "broken", LastErrorAt = 11 }));

        Assert.Empty(await TakeAsync(now: 1_000_000));
        Assert.Null(await Store.QueryAsync(db => db.FindNextDueWorkAsync(Kind), Cancellation));
        var dead = Assert.Single(await ListAsync(DueWorkState.Dead));
        Assert.Equal(("broken", 11L, 10L, null), (dead.LastError, dead.LastErrorAt, dead.ScheduledAt, dead.Owner));

        await ChangeAsync(db => db.RetryDueWorkAsync(dead, 50));
        var again = Assert.Single(await TakeAsync(now: 50));
        Assert.Equal((1, 10L), (again.Attempt, again.ScheduledAt));
    }

    [Fact]
    public async Task Ensure_LeavesWhatIsThere()
    {
        Assert.True(await Store.ChangeAsync(db => db.EnsureDueWorkAsync(Item("one", 10)), Cancellation));
        Assert.False(await Store.ChangeAsync(db => db.EnsureDueWorkAsync(Item("one", 20)), Cancellation));

        Assert.Equal(10, (await FindAsync("one"))!.DueAt);
        await Assert.ThrowsAsync<DuplicateKeyException>(() => ChangeAsync(db => db.AddDueWorkAsync(Item("one", 30))));
    }

    [Fact]
    public async Task EndLeases_OfAProcessThatIsGone_MakesItsItemsDueAtOnce()
    {
        await AddAsync(("one", 10), ("two", 10));
        var taken = Assert.Single(await TakeAsync(now: 10, take: 1));

        Assert.Equal(["node"], await Store.QueryAsync(db => db.ListDueWorkOwnersAsync(), Cancellation));
        Assert.Equal(1, await Store.ChangeAsync(db => db.EndDueWorkLeasesAsync("node", 20), Cancellation));

        Assert.Equal(2, (await TakeAsync(now: 20)).Count);
        await Assert.ThrowsAsync<StaleWriteException>(() => FinishAsync(taken, "late"));
    }

    [Fact]
    public async Task TakeBack_ChangesTimesThatAClockAheadHasMade_AndNoOthers()
    {
        await AddAsync(("leased", 1), ("failed", 2), ("planned", 900_000));
        var taken = await TakeAsync(now: 500_000);
        await ChangeAsync(db => db.SettleDueWorkAsync(taken.Single(row => row.Key == "failed") with { DueAt = 510_000 }));

        await Store.ChangeAsync(db => db.TakeBackDueWorkAsync(now: 1_000, longestLease: 100, longestPause: 200), Cancellation);

        Assert.Equal(1_100, (await FindAsync("leased"))!.DueAt);
        Assert.Equal(1_000, (await FindAsync("failed"))!.DueAt);
        Assert.Equal(900_000, (await FindAsync("planned"))!.DueAt);
    }

    [Fact]
    public async Task List_GoesOnBehindAnItem_ThatIsGone()
    {
        await AddAsync(("a", 1), ("b", 2), ("c", 3));
        var page = await ListAsync(state: null, take: 2);
        Assert.Equal(["c", "b"], page.Select(row => row.Key));
        await ChangeAsync(db => db.DeleteDueWorkAsync(Kind, "b"));

        Assert.Equal(["a"], (await ListAsync(state: null, behind: page[^1])).Select(row => row.Key));
        Assert.Equal(["a", "c"], (await Store.QueryAsync(db => db.ListDueWorkAsync(new(Kind, DueWorkState.Waiting), behind: null, descending: false, take: 9), Cancellation)).Select(row => row.Key));
        Assert.Empty(await ListAsync(DueWorkState.Running));
    }

    private static DueWorkRow Item(string key, long dueAt) =>
        DueWorkRow.New(Kind, key, DateTimeOffset.FromUnixTimeMilliseconds(dueAt), DateTimeOffset.FromUnixTimeMilliseconds(dueAt));

    private async Task AddAsync(params (string Key, long DueAt)[] items)
    {
        foreach (var (key, dueAt) in items)
            await ChangeAsync(db => db.AddDueWorkAsync(Item(key, dueAt)));
    }

    private Task<List<DueWorkRow>> TakeAsync(long now, int take = 10) =>
        Store.ChangeAsync(db => db.TakeDueWorkAsync(Kind, now, now + 100, "node", take), Cancellation);

    /// <summary>Ends the item, and stores a row of usage in the same transaction.</summary>
    private Task<bool> FinishAsync(DueWorkRow taken, string effect) => ChangeAsync(async db =>
    {
        await db.InsertAsync(UsageTable.Rows, new UsageRow
        {
            Id = Ids.New(),
            AccountId = "a",
            Model = effect,
            InputTokens = 0,
            OutputTokens = 0,
            Messages = 0,
            CreatedAt = 1,
        });
        await db.FinishDueWorkAsync(taken);
    });

    private async Task<long> EffectsAsync() =>
        (await Store.QueryAsync(db => db.ListAsync(UsageTable.Rows, "WHERE TRUE"), Cancellation)).Count;

    private async Task<DueWorkRow?> FindAsync(string key) => await Store.QueryAsync(db => db.FindDueWorkAsync(Kind, key), Cancellation);

    private async Task<List<DueWorkRow>> ListAsync(DueWorkState? state, DueWorkRow? behind = null, int take = 10) => await Store.QueryAsync(
        db => db.ListDueWorkAsync(new(null, state), behind is null ? null : (behind.CreatedAt, behind.Kind, behind.Key), descending: true, take), Cancellation);

    private Task<bool> ChangeAsync(Func<ISqlTransaction, ValueTask> change) => Store.ChangeAsync(
        async db =>
        {
            await change(db);
            return true;
        },
        Cancellation);
}
