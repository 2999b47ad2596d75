using System.Text;
using System.Text.Json;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Tests.Data;

namespace ChatBotKit.Server.Tests.RunLog;

/// <summary>Tests a channel that two processes write to. Each process has its own logs over the same store.</summary>
public sealed class SharedLogTests : LogTests, IAsyncLifetime
{
    private const string Channel = $"{ChannelLogs.IdPrefix}1";

    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-test-").FullName;
    private IOpenStore _store = null!;
    private LogDirectory _here = null!;
    private LogDirectory _there = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await StoreTests.OpenAsync(_directory, new ChangeFeed());
        (_here, _there) = (new LogDirectory(_store, Clock), new LogDirectory(_store, Clock));
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
        await TestStore.DeleteDatabaseOfAsync(_directory);
    }

    [Fact]
    public async Task Publish_AfterAnotherWriter_ComesAfterItsLines()
    {
        using var subscription = await new ChannelLogs(_here, Clock).SubscribeAsync(Channel, history: 0, heartbeat: null);
        await PublishAsync(_here, "a");
        Assert.Equal([Line("a")], await ReadAsync(subscription.Reader, 1));
        await PublishAsync(_there, "b");
        await PublishAsync(_there, "c");

        await PublishAsync(_here, "d");
        await PublishAsync(_here, "e");

        Assert.Equal([Line("b"), Line("c"), Line("d"), Line("e")], await ReadAsync(subscription.Reader, 4));
        Assert.Equal([Line("a"), Line("b"), Line("c"), Line("d"), Line("e")], await StoredAsync());
    }

    /// <summary>Objects are published unchanged, even if they look like an event.</summary>
    [Fact]
    public async Task Event_AfterAnotherWriter_CarriesTheNumberThatItIsStoredWith()
    {
        var log = await _here.OpenAsync(Channel);
        await PublishAsync(_there, "b");
        Say(log, "word");
        log.AppendObject("""{"type":"mine","id":1}"""u8, rows: null);
        log.Append("waited");

        await log.FlushAsync();

        var lines = await StoredAsync();
        Assert.Equal(4, lines.Count);
        Assert.Equal((2, 4), (NumberOf(lines[1]), NumberOf(lines[3])));
        Assert.Equal("word", TextOf(lines[1]));
        Assert.Equal("""{"type":"mine","id":1}""", lines[2]);
        Assert.Equal(4, log.Published);
    }

    [Fact]
    public async Task Lines_SaidWhileAStaleCommitIsOnItsWay_AreCountedOn()
    {
        var gate = new GateStore(_store);
        var log = await new LogDirectory(gate, Clock).OpenAsync(Channel);
        using var reader = Reader(log);
        Say(log, "one");
        var first = log.FlushAsync();
        await gate.Arrived.WaitAsync(Patience, Cancellation);
        Say(log, "two");
        log.AppendObject("{}"u8, rows: null);
        await PublishAsync(_there, "between");
        gate.Open();

        await first.WaitAsync(Patience, Cancellation);
        await log.FlushAsync().WaitAsync(Patience, Cancellation);

        var lines = await StoredAsync();
        Assert.Equal([Line("between"), "one 2", "two 3", "{}"], lines.Select(line => line.Contains("token", StringComparison.Ordinal) ? $"{TextOf(line)} {NumberOf(line)}" : line));
        Assert.Equal(lines, await ReadAsync(reader, 4));
    }

    [Fact]
    public async Task Writers_AtTheSameTime_LoseNothingAndLeaveNoGap()
    {
        const int Messages = 100;
        await Task.WhenAll(new[] { (_here, "here"), (_there, "there") }.Select(async writer =>
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(0, Messages),
                new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Cancellation },
                async (number, _) => await PublishAsync(writer.Item1, $"{writer.Item2} {number}"));
        }));

        var batches = await _store.ReadLogAsync(Channel, after: 0, int.MaxValue, Cancellation);
        var next = 1L;
        foreach (var batch in batches)
        {
            Assert.Equal(next, batch.First);
            next = batch.Last + 1;
        }

        var expected = from writer in new[] { "here", "there" } from number in Enumerable.Range(0, Messages) select Line($"{writer} {number}");
        Assert.Equal(expected.Order(), (await StoredAsync()).Order());
    }

    /// <summary>The commit is not retried, because new numbers for its lines would not reopen the run.</summary>
    [Fact]
    public async Task RunThatHasEnded_IsStale_ThoughTheLogIsShared()
    {
        await _store.CommitAsync(new WriteSet { StartedRun = Rows.Run("r1", endedAt: 5) });
        var log = await _here.OpenAsync(Channel);
        log.Append("end", rows: pending => pending.Add(new RunOutcome("r1", "stop", 6)));

        await Assert.ThrowsAsync<StaleWriteException>(() => log.FlushAsync());

        Assert.True(log.IsFaulted);
        Assert.Empty(await StoredAsync());
    }

    /// <summary>A message that refers to no conversation is not refused with a run whose conversation was deleted.</summary>
    [Fact]
    public async Task Publish_BesideARunThatIsRefused_IsStored()
    {
        var log = await _here.OpenAsync(Channel);
        AppendRefused(log);

        await PublishAsync(_here, "a");

        Assert.Equal([Line("a")], await StoredAsync());
        await Assert.ThrowsAsync<MissingParentException>(() => log.FlushAsync());
    }

    /// <summary>A run whose conversation was deleted fails alone: another one that writes to the same channel goes on, and so do readers.</summary>
    [Fact]
    public async Task Run_BesideOneThatIsRefused_GoesOnWithoutAGap()
    {
        await _store.CommitAsync(new WriteSet { Conversation = Rows.Conversation() });
        var (good, refused) = (await _here.OpenAsync(Channel), await _here.OpenAsync(Channel));
        using var reader = Reader(good);
        var faults = new List<string>();
        good.Faulted += () => faults.Add("good");
        refused.Faulted += () => faults.Add("refused");
        Say(good, "one");
        AppendRefused(refused);
        good.Append("message", rows: pending => pending.Add(Rows.Message(1)));
        Say(refused, "lost");

        await good.FlushAsync();
        await Assert.ThrowsAsync<MissingParentException>(refused.FlushAsync);
        Say(refused, "lost");
        Say(good, "three");
        await good.FlushAsync();

        Assert.Equal(["refused"], faults);
        Assert.Equal((false, true), (good.IsFaulted, refused.IsFaulted));
        var stored = await StoredAsync();
        Assert.Equal([1, 2, 3], stored.Select(NumberOf));
        Assert.Equal(stored, await ReadAsync(reader, 3));
        Assert.Single(await _store.ListAsync(MessageTable.Rows));
    }

    /// <summary>The lines of the others are not stored twice, and those of another process are not overwritten.</summary>
    [Fact]
    public async Task Run_RefusedWhileAnotherProcessPublishes_LeavesExactNumbers()
    {
        var gate = new GateStore(_store);
        var logs = new LogDirectory(gate, Clock);
        var (first, refused, last) = (await logs.OpenAsync(Channel), await logs.OpenAsync(Channel), await logs.OpenAsync(Channel));
        using var reader = Reader(first);
        Say(first, "first");
        AppendRefused(refused);
        Say(last, "last");
        var flushes = new[] { first, refused, last }.Select(log => log.FlushAsync()).ToList();
        await gate.Arrived.WaitAsync(Patience, Cancellation);
        Say(first, "first again");
        Say(refused, "lost");
        await PublishAsync(_there, "between");
        gate.Open();

        await Assert.ThrowsAsync<MissingParentException>(() => Task.WhenAll(flushes).WaitAsync(Patience, Cancellation));
        await first.FlushAsync().WaitAsync(Patience, Cancellation);

        Assert.Equal([true, false, true], flushes.Select(flush => flush.IsCompletedSuccessfully));
        var lines = await StoredAsync();
        Assert.Equal(Line("between"), lines[0]);
        Assert.Equal(["first 2", "last 3", "first again 4"], lines[1..].Select(line => $"{TextOf(line)} {NumberOf(line)}"));
        Assert.Equal(lines, await ReadAsync(reader, 4));
    }

    /// <summary>A refused writer and a failed store are two things: the second ends everybody, also those whose piece was stored before.</summary>
    [Fact]
    public async Task Store_FailsWhilePiecesAreStored_EndsTheLogAndKeepsWhatIsStored()
    {
        var store = new GatedStore();
        var logs = new LogDirectory(store, Clock);
        var writers = new List<AppendLog>();
        foreach (var text in new[] { "one", "two", "three" })
        {
            writers.Add(await logs.OpenAsync(Channel));
            Say(writers[^1], text);
        }
        using var reader = Reader(writers[0]);
        var flushes = writers.ConvertAll(log => log.FlushAsync());

        (await store.NextCommitAsync()).Fail(new MissingParentException("The conversation is gone."));
        (await store.NextCommitAsync()).Pass();
        (await store.NextCommitAsync()).Fail(new StoreUnavailableException("No space left."));

        await flushes[0].WaitAsync(Patience, Cancellation);
        foreach (var failed in flushes[1..])
            await Assert.ThrowsAsync<StoreUnavailableException>(() => failed.WaitAsync(Patience, Cancellation));
        Assert.All(writers, log => Assert.True(log.IsFaulted));
        Assert.Equal("one", TextOf(Assert.Single(await ReadAsync(reader))));
        Assert.False(store.HasCommit);
    }

    [Fact]
    public async Task Publish_TwiceWithTheSameKey_RefusesTheSecondAlone()
    {
        var key = Rows.Idempotency("key");
        await _store.CommitAsync(new WriteSet { Idempotency = key });
        var log = await _here.OpenAsync(Channel);
        Say(log, "one");

        await Assert.ThrowsAsync<DuplicateKeyException>(() => PublishAsync(_here, "a", key));

        await log.FlushAsync();
        Assert.Equal("one", TextOf(Assert.Single(await StoredAsync())));
    }

    [Fact]
    public async Task TwoRuns_EndInOneCommit_AreBothEnded()
    {
        await _store.CommitAsync(new WriteSet { StartedRun = Rows.Run("r1") });
        await _store.CommitAsync(new WriteSet { StartedRun = Rows.Run("r2") });
        AppendLog log = null!;
        foreach (var (run, at) in new[] { ("r1", 5), ("r2", 6) })
        {
            log = await _here.OpenAsync(Channel);
            log.Append("result", rows: pending =>
            {
                pending.Add(new RunOutcome(run, "stop", at));
                pending.Add(Rows.Usage($"u-{run}"));
            });
        }

        await log.FlushAsync();

        Assert.Equal(5, (await _store.FindRunAsync("r1", Cancellation))?.EndedAt);
        Assert.Equal(6, (await _store.FindRunAsync("r2", Cancellation))?.EndedAt);
        Assert.Equal(["u-r1", "u-r2"], (await _store.ListAsync(UsageTable.Rows)).Select(usage => usage.Id).Order());
    }

    [Fact]
    public async Task LogOfARun_WithAnotherWriter_IsOver()
    {
        var (mine, other) = (_here.Create("run-1"), _there.Create("run-1"));
        Say(other, "other");
        await other.FlushAsync();
        Say(mine, "mine");

        await Assert.ThrowsAsync<StaleWriteException>(() => mine.FlushAsync());
    }

    private Task PublishAsync(LogDirectory logs, string text, IdempotencyRow? key = null) =>
        new ChannelLogs(logs, Clock).PublishAsync(Channel, Encoding.UTF8.GetBytes(Line(text)), key);

    private static void AppendRefused(AppendLog log) => log.Append("token", rows: pending => pending.Add(Rows.Message(1, "deleted")));

    private static string Line(string text) => JsonSerializer.Serialize(new { text });

    private async Task<List<string>> StoredAsync()
    {
        var batches = await _store.ReadLogAsync(Channel, after: 0, int.MaxValue, Cancellation);
        return [.. batches.SelectMany(batch => Lines(new LogBatch(batch.First, batch.Last, batch.Lines)))];
    }

    /// <summary>A store that holds commits back until it is opened.</summary>
    private sealed class GateStore(IStore store) : PartialStore
    {
        private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Arrived => _arrived.Task;

        public void Open() => _open.SetResult();

        public override async Task CommitAsync(WriteSet writes)
        {
            _arrived.TrySetResult();
            await _open.Task;
            await store.CommitAsync(writes);
        }

        public override ValueTask<long> LastLogNumberAsync(string logId, CancellationToken cancellationToken) =>
            store.LastLogNumberAsync(logId, cancellationToken);

        public override ValueTask<IReadOnlyList<LogBatchRow>> ReadLogAsync(
            string logId, long after, int maxBytes, CancellationToken cancellationToken) => store.ReadLogAsync(logId, after, maxBytes, cancellationToken);
    }
}
