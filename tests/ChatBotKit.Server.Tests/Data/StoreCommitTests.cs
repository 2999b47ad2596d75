using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Tests.Data;

public sealed class StoreCommitTests : StoreTests
{
    [Fact]
    public async Task Commit_SetWithEveryKindOfRow_StoresAllColumns()
    {
        await Store.InsertAsync(AccountTable.Rows, new AccountRow { Id = "account", CreatedAt = 1 });
        await Store.InsertAsync(ResourceTable.Rows, Rows.NamedByConversations);
        await Store.CommitAsync(new WriteSet
        {
            Conversation = Rows.Conversation(expiresAt: 99),
            Session = Rows.Session(),
            StartedRun = Rows.Run(conversationId: "c1"),
            Messages = [Rows.Message(1), Rows.Message(2)],
            Log = [Rows.Log(1, 3)],
            Usage = Rows.Usage(),
            Idempotency = Rows.Idempotency(),
        });

        var snapshot = await Store.LoadConversationAsync("c1", 10, Cancellation);
        Assert.Equivalent(Rows.Conversation(expiresAt: 99), snapshot!.Conversation, strict: true);
        Assert.Equivalent(new[] { Rows.Message(1), Rows.Message(2) }, snapshot.Messages, strict: true);
        Assert.Equivalent(Rows.Session(), await Store.FindSessionAsync("s1", Cancellation), strict: true);
        Assert.Equivalent(Rows.Run(conversationId: "c1"), await Store.FindRunAsync("r1", Cancellation), strict: true);
        Assert.Equivalent(Rows.Idempotency(), await Store.FindIdempotencyAsync("scope", "key", Cancellation), strict: true);
        var batch = Assert.Single(await Store.ReadLogAsync("l1", 0, 1000, Cancellation));
        Assert.Equal(("l1", 1, 3, 60), (batch.LogId, batch.First, batch.Last, batch.CreatedAt));
        Assert.Equal("1-3\n"u8.ToArray(), batch.Lines);
        var usage = Assert.Single(await Store.ListAsync(UsageTable.Rows));
        Assert.Equivalent(Rows.Usage(), usage, strict: true);
    }

    [Fact]
    public async Task Commit_LogLinesInTheMiddleOfABuffer_StoresTheSliceAlone()
    {
        await Store.CommitAsync(new WriteSet { Log = [Rows.Log(1, 1) with { Lines = "..one\n.."u8.ToArray().AsMemory(2, 4) }] });

        var batch = Assert.Single(await Store.ReadLogAsync("l1", 0, 1, Cancellation));
        Assert.Equal("one\n"u8.ToArray(), batch.Lines);
    }

    [Fact]
    public async Task Commit_ManyAtOnce_StoresAllInFewerTransactions()
    {
        await AddConversationAsync();
        var before = Store.Transactions;

        await Task.WhenAll(Enumerable.Range(1, 1000).Select(position => Store.CommitAsync(Rows.Set(Rows.Message(position)))));

        var messages = await Store.ListMessagesAsync("c1", null, descending: false, 2000, int.MaxValue, Cancellation);
        Assert.Equal(Enumerable.Range(1, 1000).Select(position => (long)position), messages.Select(message => message.Position));
        Assert.InRange(Store.Transactions - before, 1, 500);
    }

    [Fact]
    public async Task Commit_FailingSetsAmongGoodOnes_FailAlone()
    {
        await AddConversationAsync();

        var commits = Enumerable.Range(1, 100).Select(position => position % 10 == 0
            ? Store.CommitAsync(Rows.Set(Rows.Message(position), Rows.Message(position, "gone")))
            : Store.CommitAsync(Rows.Set(Rows.Message(position)))).ToList();
        await Task.WhenAll(commits).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal(10, commits.Count(commit => commit.IsFaulted));
        Assert.All(commits.Where(commit => commit.IsFaulted), commit =>
            Assert.IsType<MissingParentException>(commit.Exception!.InnerException));
        Assert.Equal(90, (await Store.ListMessagesAsync("c1", null, descending: false, 200, int.MaxValue, Cancellation)).Count);
    }

    [Fact]
    public async Task Commit_PositionAlreadyTaken_IsStaleAndStoresNothing()
    {
        await AddConversationAsync();
        await Store.CommitAsync(Rows.Set(Rows.Message(1)));

        await Assert.ThrowsAsync<StaleWriteException>(() =>
            Store.CommitAsync(Rows.Set(Rows.Message(2), Rows.Message(1, id: "other"))));

        Assert.Single(await Store.ListMessagesAsync("c1", null, descending: false, 10, int.MaxValue, Cancellation));
    }

    [Fact]
    public async Task Commit_MessageIdAlreadyTaken_IsADuplicateKey()
    {
        await AddConversationAsync();
        await Store.CommitAsync(Rows.Set(Rows.Message(1)));

        await Assert.ThrowsAsync<DuplicateKeyException>(() => Store.CommitAsync(Rows.Set(Rows.Message(2, id: "c1-m1"))));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 9)]
    [InlineData(5, 5)]
    [InlineData(7, 7)]
    public async Task Commit_LogNumberThatIsNotTheNext_IsStale(long first, long last)
    {
        await Store.CommitAsync(new WriteSet { Log = [Rows.Log(1, 5)] });

        await Assert.ThrowsAsync<StaleWriteException>(() =>
            Store.CommitAsync(new WriteSet { StartedRun = Rows.Run(), Log = [Rows.Log(first, last)] }));

        Assert.Null(await Store.FindRunAsync("r1", Cancellation));
        Assert.Equal(5, await Store.LastLogNumberAsync("l1", Cancellation));
    }

    [Fact]
    public async Task Commit_RowsOfAConversationThatIsGone_MissTheirParent()
    {
        await Assert.ThrowsAsync<MissingParentException>(() => Store.CommitAsync(Rows.Set(Rows.Message(1))));
        await Assert.ThrowsAsync<MissingParentException>(() => Store.CommitAsync(new WriteSet { Session = Rows.Session() }));
        await Assert.ThrowsAsync<MissingParentException>(() =>
            Store.CommitAsync(new WriteSet { StartedRun = Rows.Run(conversationId: "gone") }));
    }

    [Fact]
    public async Task Commit_IdempotencyKeyStoredBefore_IsADuplicateEvenWhenThePositionIsStaleToo()
    {
        await AddConversationAsync();
        var request = new WriteSet { Messages = [Rows.Message(1)], Idempotency = Rows.Idempotency() };
        await Store.CommitAsync(request);

        await Assert.ThrowsAsync<DuplicateKeyException>(() => Store.CommitAsync(request));
    }

    [Fact]
    public async Task Commit_EndOfARunThatHasEnded_IsStaleAndStoresNothing()
    {
        await Store.CommitAsync(new WriteSet { StartedRun = Rows.Run() });
        await Store.CommitAsync(new WriteSet { EndedRun = new RunOutcome("r1", "stop", 70) });
        await Assert.ThrowsAsync<StaleWriteException>(() => Store.CommitAsync(
            new WriteSet { Log = [Rows.Log(1, 1)], EndedRun = new RunOutcome("r1", "error", 80) }));

        var run = await Store.FindRunAsync("r1", Cancellation);
        Assert.Equal((70, "stop", "complete"), (run!.EndedAt, run.EndReason, run.Kind));
        Assert.Equal(0, await Store.LastLogNumberAsync("l1", Cancellation));
    }

    [Fact]
    public async Task Commit_AfterDispose_IsRefusedAsUnavailable()
    {
        var store = Store;
        await CloseAsync();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CommitAsync(new WriteSet { Log = [Rows.Log(1, 1)] }));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.LastLogNumberAsync("l1", Cancellation).AsTask());
    }

    [Fact]
    public async Task Commit_DiskFull_FailsAsUnavailableAndTheNextOneIsStored()
    {
        OnFiles();
        await AddConversationAsync();
        // At this limit SQLite reports SQLITE_FULL, as for a full disk. The limit applies to one connection.
        await Store.ExecuteAsync("PRAGMA max_page_count = 1");
        var (refused, stored) = (Rows.Message(1), Rows.Message(2));
        refused.Text = stored.Text = new string('x', 1_000_000);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.CommitAsync(Rows.Set(refused)));
        await Store.CommitAsync(Rows.Set(stored));

        Assert.Equal(2, Assert.Single(await Store.ListMessagesAsync("c1", null, descending: false, 10, int.MaxValue, Cancellation)).Position);
    }

    /// <summary>The other members keep their texts and their order.</summary>
    [Theory]
    [InlineData(null, """{"abuse":{"flagged":true}}""")]
    [InlineData("{}", """{"abuse":{"flagged":true}}""")]
    [InlineData("""{"z":1.50,"a":{"ü\"":["\n",1e999]}}""", """{"z":1.50,"a":{"ü\"":["\n",1e999]},"abuse":{"flagged":true}}""")]
    [InlineData("""{"abuse":null}""", """{"abuse":{"flagged":true}}""")]
    public async Task Commit_WithAMetaMember_SetsItInItsTransaction(string? before, string expected)
    {
        var conversation = Rows.Conversation();
        conversation.Meta = before;
        await Store.CommitAsync(new WriteSet { Conversation = conversation, Messages = [Rows.Message(1)] });
        var member = new MetaMember("account", "c1", "abuse", """{"flagged":true}""");
        await Assert.ThrowsAsync<StaleWriteException>(() => Store.CommitAsync(new WriteSet { Metas = [member], Messages = [Rows.Message(1, id: "other")] }));
        Assert.Equal(before, (await Store.FindConversationAsync("c1", Cancellation))!.Meta);

        await Store.CommitAsync(new WriteSet { Metas = [member, member with { ConversationId = "none" }], Messages = [Rows.Message(2)] });

        Assert.Equal(expected, (await Store.FindConversationAsync("c1", Cancellation))!.Meta);
    }
}
