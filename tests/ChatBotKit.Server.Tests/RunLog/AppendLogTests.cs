using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.Tests.RunLog;

public sealed class AppendLogTests : LogTests
{
    [Fact]
    public async Task Flush_BeforeTheCommitIsDone_ShowsNothingToReaders()
    {
        var store = new GatedStore();
        var log = Log(store);
        using var reader = Reader(log);

        Say(log, "one");
        log.Flush();
        var commit = await store.NextCommitAsync();
        Assert.False(reader.TryRead());
        Assert.Equal(0, log.Published);

        commit.Pass();
        Assert.Equal(["one"], (await ReadAsync(reader, 1)).Select(TextOf));
        Assert.Equal(1, log.Published);
    }

    [Fact]
    public async Task Append_WhileACommitIsOnItsWay_GathersIntoOneNext()
    {
        var store = new GatedStore();
        var log = Log(store);
        Say(log, "one");
        log.Flush();
        var first = await store.NextCommitAsync();
        foreach (var text in new[] { "two", "three", "four" })
        {
            Say(log, text);
            log.Flush();
        }
        Assert.False(store.HasCommit);

        first.Pass();
        var second = await store.NextCommitAsync();
        Assert.Equal((2, 4), (second.Writes.Log.Single().First, second.Writes.Log.Single().Last));
        second.Pass();
        await log.FlushAsync().WaitAsync(Patience, Cancellation);

        Assert.False(store.HasCommit);
        Assert.Equal(1, store.MostInFlight);
    }

    [Fact]
    public async Task Append_WithRows_StoresThemWithTheLine()
    {
        var store = new GatedStore();
        var log = Log(store);
        log.Append("message", rows: rows => rows.Add(Message()));
        log.Flush();

        var commit = await store.NextCommitAsync();
        Assert.Equal("m1", commit.Writes.Messages.Single().Id);
        Assert.Equal(1, commit.Writes.Log.Single().Last);
        commit.Pass();
    }

    [Fact]
    public async Task FlushAsync_RowsAttachedWhileTheirLineIsOnItsWay_WaitsForTheRowsToo()
    {
        var store = new GatedStore();
        var log = Log(store);
        Say(log, "one");
        log.Flush();
        var first = await store.NextCommitAsync();
        log.Attach(rows => rows.Add(Message()));
        var flushed = log.FlushAsync();

        first.Pass();
        var second = await store.NextCommitAsync();
        Assert.Empty(second.Writes.Log);
        Assert.Equal("m1", second.Writes.Messages.Single().Id);
        Assert.False(flushed.IsCompleted);
        second.Pass();
        await flushed.WaitAsync(Patience, Cancellation);
    }

    [Fact]
    public void FlushAsync_NothingAppended_IsDoneAtOnce()
    {
        var log = Log(new GatedStore());
        Assert.True(log.FlushAsync().IsCompletedSuccessfully);
        Say(log, "one");
        Assert.False(log.FlushAsync().IsCompleted);
    }

    [Fact]
    public async Task Complete_WhileACommitIsOnItsWay_EndsReadersAfterTheLastLine()
    {
        var store = new GatedStore();
        var log = Log(store);
        using var reader = Reader(log);
        Say(log, "one");
        log.Flush();
        var first = await store.NextCommitAsync();
        Say(log, "two");
        log.Complete();
        var reading = ReadAsync(reader);

        first.Pass();
        (await store.NextCommitAsync()).Pass();

        Assert.Equal(["one", "two"], (await reading.WaitAsync(Patience, Cancellation)).Select(TextOf));
        Assert.Equal(LogRead.End, await NextAsync(reader));
    }

    [Fact]
    public async Task Commit_ThatFails_FaultsReadersAndFlushesAndStopsTheWriter()
    {
        var store = new GatedStore();
        var log = Log(store);
        using var early = Reader(log);
        Say(log, "one");
        log.Flush();
        (await store.NextCommitAsync()).Pass();
        Assert.Single(await ReadAsync(early, 1));
        var waiting = NextAsync(early);

        Say(log, "two");
        var flushed = log.FlushAsync();
        (await store.NextCommitAsync()).Fail(new InvalidOperationException("The disk is full."));

        Assert.Equal(LogRead.Fault, await waiting);
        await Assert.ThrowsAsync<InvalidOperationException>(() => flushed.WaitAsync(Patience, Cancellation));
        await Assert.ThrowsAsync<InvalidOperationException>(log.FlushAsync);
        await Assert.ThrowsAsync<InvalidOperationException>(() => log.WaitForRoomAsync(Cancellation));
        // Lines that were stored before can still be read.
        using var late = Reader(log);
        Assert.Equal(["one"], (await ReadAsync(late)).Select(TextOf));
    }

    [Fact]
    public async Task WaitForRoom_ReaderInMemoryBehind_WaitsUntilItHasRead()
    {
        var log = Log(store: null);
        using var reader = Reader(log);
        Assert.True(log.WaitForRoomAsync(Cancellation).IsCompletedSuccessfully);
        var text = new string('x', 64 * 1024);
        var room = Task.CompletedTask;
        for (var i = 0; i < 16 && room.IsCompleted; i++)
        {
            Say(log, text);
            log.Flush();
            room = log.WaitForRoomAsync(Cancellation);
        }
        Assert.False(room.IsCompleted);

        while (reader.TryRead())
            Assert.NotEmpty(Lines(reader.Current));
        await room.WaitAsync(Patience, Cancellation);
    }

    [Fact]
    public async Task WaitForRoom_Cancelled_Throws()
    {
        var log = Log(store: null);
        using var left = new CancellationTokenSource();
        Say(log, new string('x', 300 * 1024));
        log.Flush();
        var room = log.WaitForRoomAsync(left.Token);
        Assert.False(room.IsCompleted);
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => room);
    }

    [Fact]
    public async Task WaitForRoom_StoredLog_NeverWaits()
    {
        var store = new GatedStore(isOpen: true);
        var log = Log(store);
        using var reader = Reader(log);
        for (var i = 0; i < 16; i++)
        {
            Say(log, new string('x', 64 * 1024));
            await log.FlushAsync();
            Assert.True(log.WaitForRoomAsync(Cancellation).IsCompletedSuccessfully);
        }
        Assert.Equal(16, (await ReadAsync(reader, 16)).Count);
    }

    [Fact]
    public async Task WaitForRoom_StoredLogAheadOfTheDisk_WaitsForTheDisk()
    {
        var store = new GatedStore();
        var log = Log(store);
        Say(log, "first");
        log.Flush();
        var inFlight = await store.NextCommitAsync();
        Say(log, new string('x', 300 * 1024));

        var room = log.WaitForRoomAsync(Cancellation);

        Assert.False(room.IsCompleted);
        inFlight.Pass();
        await room;
        // The next commit is in flight without a flush, and its failure ends the waiting too.
        Say(log, new string('x', 300 * 1024));
        room = log.WaitForRoomAsync(Cancellation);
        (await store.NextCommitAsync()).Fail(new InvalidOperationException("No."));
        await room;
        await Assert.ThrowsAsync<InvalidOperationException>(() => log.WaitForRoomAsync(Cancellation));
    }

    [Fact]
    public async Task Lines_OfAStoredLog_AreNumberedAndTimed()
    {
        var log = Log(new GatedStore(isOpen: true), last: 7);
        using var reader = Reader(log, after: 7);
        Say(log, "näh");
        log.Append("usage", json => json.WriteString("model"u8, "m"));
        await log.FlushAsync();

        var at = Clock.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.Equal(
            [
                $$"""{"type":"token","data":{"type":"bot","token":"näh"},"createdAt":{{at}},"id":8}""",
                $$"""{"type":"usage","data":{"model":"m"},"createdAt":{{at}},"id":9}""",
            ],
            await ReadAsync(reader, 2));
    }

    [Fact]
    public async Task Lines_OfALogInMemory_CarryNoNumber()
    {
        var log = Log(store: null);
        using var reader = Reader(log);
        Say(log, "one");
        log.Complete();
        var line = Assert.Single(await ReadAsync(reader));
        Assert.DoesNotContain("\"id\"", line, StringComparison.Ordinal);
    }

    private static MessageRow Message() => new()
    {
        Id = "m1",
        ConversationId = "c1",
        Position = 1,
        Type = "user",
        Text = "Hello",
        CreatedAt = 1,
        UpdatedAt = 1,
    };
}
