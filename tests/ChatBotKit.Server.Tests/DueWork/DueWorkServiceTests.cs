using System.Diagnostics;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Tests.Data;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.DueWork;

/// <summary>Tests the service on a real store, with a clock that the test controls.</summary>
public sealed class DueWorkServiceTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-work-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly ChangeFeed _changes = new();
    private readonly RecordingHandler _handler = new();
    private IOpenStore _store = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = await StoreTests.OpenAsync(_directory, _changes);

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
        await TestStore.DeleteDatabaseOfAsync(_directory);
    }

    [Fact]
    public async Task Item_ThatIsStored_IsDoneAtOnce()
    {
        using var service = await StartAsync();

        await AddAsync("now", _time.GetUtcNow());

        Assert.Equal("now", (await _handler.NextAsync()).Key);
        await WhenDoneAsync("now");
        Assert.Equal(["now"], await EffectsAsync());
        await service.StopAsync(Token);
    }

    [Fact]
    public async Task Item_OfLater_IsDoneWhenItsTimeComes()
    {
        using var service = await StartAsync();
        await AddAsync("later", _time.GetUtcNow().AddMilliseconds(700));
        await AddAsync("now", _time.GetUtcNow());
        Assert.Equal("now", (await _handler.NextAsync()).Key);
        await WhenDoneAsync("now");
        Assert.Single(_handler.Items);

        _time.Advance(TimeSpan.FromMilliseconds(700));

        Assert.Equal("later", (await _handler.NextAsync()).Key);
        await service.StopAsync(Token);
    }

    [Fact]
    public async Task Items_AreWorkedOn_AsManyAtATimeAsTheHandlerSays_AndEachOnce()
    {
        for (var number = 0; number < 50; number++)
            await AddAsync($"i{number}", _time.GetUtcNow());
        _handler.Act = async (_, _) => await Task.Yield();
        using var service = await StartAsync();

        for (var number = 0; number < 50; number++)
            await _handler.NextAsync();
        for (var number = 0; number < 50; number++)
            await WhenDoneAsync($"i{number}");

        Assert.InRange(_handler.MostAtOnce, 1, 2);
        Assert.Equal(Enumerable.Range(0, 50).Select(number => $"i{number}").Order(), (await EffectsAsync()).Order());
        await service.StopAsync(Token);
    }

    [Fact]
    public async Task Kind_WhosePlacesAreTaken_HoldsUpNoOther()
    {
        var other = new RecordingHandler("other");
        _handler.Act = (_, token) => Task.Delay(Timeout.Infinite, token);
        using var service = await StartAsync(_handler, other);
        for (var number = 0; number < 3; number++)
            await AddAsync($"i{number}", _time.GetUtcNow());
        await _handler.NextAsync();
        await _handler.NextAsync();

        await AddAsync("one", _time.GetUtcNow(), "other");

        Assert.Equal("one", (await other.NextAsync()).Key);
        Assert.Equal(2, _handler.Items.Count);
        await service.StopAsync(Token);
    }

    [Fact]
    public async Task Failure_IsTriedAgainAfterAPause_AndInTheEndIsADeadLetter()
    {
        _handler.Act = (_, _) => throw new InvalidOperationException("The receiver is away.");
        using var service = await StartAsync();
        await AddAsync("one", _time.GetUtcNow());

        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Equal(attempt, (await _handler.NextAsync()).Attempt);
            var row = await WhenAsync("one", row => row is { Owner: null });
            Assert.Equal("InvalidOperationException: The receiver is away.", row!.LastError);
            if (attempt == 3)
            {
                Assert.Null(row.DueAt);
                break;
            }

            var pause = row.DueAt!.Value - _time.GetUtcNow().ToUnixTimeMilliseconds();
            Assert.InRange(pause, attempt * 500, attempt * 1_000);
            Assert.Equal(attempt, _handler.Items.Count);
            _time.Advance(TimeSpan.FromMilliseconds(pause));
        }

        Assert.Empty(await EffectsAsync());
        await service.StopAsync(Token);
    }

    [Fact]
    public async Task Work_ThatHangs_FailsAtItsLimit_AndFreesItsPlace()
    {
        var handler = new RecordingHandler { AtOnce = 1, Attempts = 1, Limit = TimeSpan.FromSeconds(5) };
        handler.Act = (item, token) => item.Key == "hangs" ? Task.Delay(Timeout.Infinite, token) : Task.CompletedTask;
        using var service = await StartAsync(handler);
        await AddAsync("hangs", _time.GetUtcNow());
        Assert.Equal("hangs", (await handler.NextAsync()).Key);
        await AddAsync("waits", _time.GetUtcNow());

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("waits", (await handler.NextAsync()).Key);
        var row = await WhenAsync("hangs", row => row is { Owner: null });
        Assert.Equal((null, "TimeoutException: The work took longer than 00:00:05."), (row!.DueAt, row.LastError));
        await service.StopAsync(Token);
    }

    [Fact]
    public async Task Recurring_ComesFromTheScheduledTime_AlsoAfterAFailure_AndNeverDies()
    {
        var handler = new RecordingHandler("tick") { Recurrence = Recurrence.Every(TimeSpan.FromMinutes(1)), Attempts = 1 };
        handler.Act = (_, _) => handler.Items.Count == 1 ? throw new InvalidOperationException("No.") : Task.CompletedTask;
        var start = _time.GetUtcNow();
        using var service = await StartAsync(handler);
        await WhenAsync(RecurringWork.Key, row => row is not null, "tick");

        _time.Advance(TimeSpan.FromSeconds(60.5));
        Assert.Equal(start.AddMinutes(1), (await handler.NextAsync()).ScheduledAt);
        await WhenAsync(RecurringWork.Key, row => row is { LastError: not null, Owner: null }, "tick");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(start.AddMinutes(1), (await handler.NextAsync()).ScheduledAt);
        await WhenAsync(RecurringWork.Key, row => row is { LastError: null, Attempt: 0 }, "tick");
        // Ten times are missed; the work is done once for all of them.
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(start.AddMinutes(2), (await handler.NextAsync()).ScheduledAt);
        var row = await WhenAsync(RecurringWork.Key, row => row is { Owner: null, Attempt: 0 }, "tick");
        Assert.Equal(start.AddMinutes(12), DateTimeOffset.FromUnixTimeMilliseconds(row!.DueAt!.Value));
        await service.StopAsync(Token);
    }

    [Fact]
    public async Task Stop_LetsGoOfWhatIsUnderWay_AndTheNextStartGoesOn()
    {
        _handler.Act = (_, token) => Task.Delay(Timeout.Infinite, token);
        using (var service = await StartAsync())
        {
            await AddAsync("one", _time.GetUtcNow());
            await _handler.NextAsync();
            await service.StopAsync(Token);
        }

        var row = (await FindAsync("one"))!;
        Assert.Equal((null, 0, _time.GetUtcNow().ToUnixTimeMilliseconds()), (row.Owner, row.Attempt, row.DueAt));
        _handler.Act = null;
        using var second = await StartAsync();
        Assert.Equal(1, (await _handler.NextAsync()).Attempt);
        await WhenDoneAsync("one");
        await second.StopAsync(Token);
    }

    [Fact]
    public async Task Start_TakesOverWhatAProcessHeldThatIsGone_WithoutWaitingForItsLease()
    {
        await AddAsync("one", _time.GetUtcNow());
        var lost = Assert.Single(await _store.ChangeAsync(
            db => db.TakeDueWorkAsync("mail", Now, Now + 3_600_000, "a process that was killed", 1), Token));

        using var service = await StartAsync();

        Assert.Equal(2, (await _handler.NextAsync()).Attempt);
        await WhenDoneAsync("one");
        await Assert.ThrowsAsync<StaleWriteException>(() => _store.ChangeAsync(
            async db =>
            {
                await db.FinishDueWorkAsync(lost);
                return true;
            },
            Token));
        Assert.Single(await EffectsAsync());
        await service.StopAsync(Token);
    }

    [Fact]
    public async Task Item_WhoseProcessEndedInEachAttempt_IsADeadLetter()
    {
        await AddAsync("one", _time.GetUtcNow());
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Single(await _store.ChangeAsync(db => db.TakeDueWorkAsync("mail", Now, Now + 1, "gone", 1), Token));
            await _store.ChangeAsync(db => db.EndDueWorkLeasesAsync("gone", Now), Token);
        }

        using var service = await StartAsync();

        var dead = await WhenAsync("one", row => row is { DueAt: null });
        Assert.Contains("ended during the last attempt", dead!.LastError, StringComparison.Ordinal);
        Assert.Empty(_handler.Items);
        await service.StopAsync(Token);
    }

    /// <summary>The owner sees the end of such work, and can start it again.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Item_OfAKindThatGivesUp_EndsWithItsLastAttempt(bool isKilled)
    {
        await AddAsync("one", _time.GetUtcNow());
        for (var attempt = 1; attempt <= (isKilled ? 3 : 2); attempt++)
        {
            Assert.Single(await _store.ChangeAsync(db => db.TakeDueWorkAsync("mail", Now, Now + 1, "gone", 1), Token));
            await _store.ChangeAsync(db => db.EndDueWorkLeasesAsync("gone", Now), Token);
        }

        _handler.Act = (_, _) => throw new InvalidOperationException("The receiver is away.");
        _handler.End = RecordingHandler.Record;
        using var service = await StartAsync();

        Assert.Null(await WhenAsync("one", row => row is null));
        Assert.Single(await EffectsAsync());
        await service.StopAsync(Token);
    }

    [Fact]
    public async Task LostLease_CancelsTheWork_AndStoresNothingOfIt()
    {
        var cancelled = new TaskCompletionSource();
        _handler.Act = async (item, token) =>
        {
            if (item.Attempt > 1)
                return;
            token.Register(cancelled.SetResult);
            await Task.Delay(Timeout.Infinite, token);
        };
        using var service = await StartAsync();
        await AddAsync("one", _time.GetUtcNow());
        await _handler.NextAsync();

        // Another node ends the lease, as it does when it considers this node to have ended.
        await _store.ChangeAsync(db => db.EndDueWorkLeasesAsync("this", Now), Token);
        while (!cancelled.Task.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await WhenDoneAsync("one", moves: true);
        Assert.Equal(["one"], await EffectsAsync());
        await service.StopAsync(Token);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(-400)]
    public async Task Clock_ThatJumps_NeitherLosesNorRepeatsAnItem(int days)
    {
        using var service = await StartAsync();
        await AddAsync("now", _time.GetUtcNow());
        await AddAsync("soon", _time.GetUtcNow().AddMinutes(1));
        await WhenDoneAsync("now");

        _time.AdjustTime(_time.GetUtcNow().AddDays(days));
        await AddAsync("after", _time.GetUtcNow());
        await WhenDoneAsync("after", moves: true);
        _time.AdjustTime(_time.GetUtcNow().AddDays(-days));
        await WhenDoneAsync("soon", moves: true);

        Assert.Equal(["after", "now", "soon"], (await EffectsAsync()).Order());
        await service.StopAsync(Token);
    }

    [Fact]
    public async Task Clock_ThatWasAhead_StarvesNoRecurringWork_AndNoRetry()
    {
        var handler = new RecordingHandler("tick") { Recurrence = Recurrence.Every(TimeSpan.FromMinutes(1)) };
        _handler.Act = (_, _) => _handler.Items.Count == 1 ? throw new InvalidOperationException("No.") : Task.CompletedTask;
        using var service = await StartAsync(handler, _handler);
        await WhenAsync(RecurringWork.Key, row => row is not null, "tick");
        var right = _time.GetUtcNow();

        _time.AdjustTime(right.AddDays(400));
        await AddAsync("one", _time.GetUtcNow());
        await WhenAsync("one", row => row is { LastError: not null });
        await WhenAsync(RecurringWork.Key, row => row is { Owner: null, Token: > 0 }, "tick", moves: true);
        _time.AdjustTime(right);

        await WhenAsync(RecurringWork.Key, row => row?.DueAt <= Now + 120_000, "tick", moves: true);
        await WhenDoneAsync("one", moves: true);
        await service.StopAsync(Token);
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<DueWorkService> StartAsync(params IDueWorkHandler[] handlers)
    {
        var nodes = new SingleNode("this");
        var service = new DueWorkService(
            _store, new DueWorkHandlers(handlers is [] ? [_handler] : handlers),
            new DueWorkRunner(_store, _time, NullLogger<DueWorkRunner>.Instance), new DueWorkStart(_store, nodes, _time), nodes, _changes, _time,
            NullLogger<DueWorkService>.Instance);
        await service.StartAsync(Token);
        return service;
    }

    private Task<bool> AddAsync(string key, DateTimeOffset at, string kind = "mail") => _store.ChangeAsync(
        async db =>
        {
            await db.AddDueWorkAsync(DueWorkRow.New(kind, key, at, _time.GetUtcNow()));
            return true;
        },
        Token);

    private Task<DueWorkRow?> WhenDoneAsync(string key, bool moves = false) => WhenAsync(key, row => row is null, moves: moves);

    /// <summary>Waits until the item meets a condition, and returns the item.</summary>
    /// <param name="key">The key of the item.</param>
    /// <param name="isReached">The condition.</param>
    /// <param name="kind">The kind of the item.</param>
    /// <param name="moves">Whether the clock advances during the wait, so that the service notices a clock that was set.</param>
    private async Task<DueWorkRow?> WhenAsync(string key, Func<DueWorkRow?, bool> isReached, string kind = "mail", bool moves = false)
    {
        for (var watch = Stopwatch.StartNew(); ;)
        {
            var row = await FindAsync(key, kind);
            if (isReached(row))
                return row;
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"{kind}.{key} does not become what it should: {row}");
            if (moves)
                _time.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Yield();
        }
    }

    private async Task<DueWorkRow?> FindAsync(string key, string kind = "mail") => await _store.QueryAsync(db => db.FindDueWorkAsync(kind, key), Token);

    private async Task<IReadOnlyList<string>> EffectsAsync() =>
        [.. (await _store.QueryAsync(db => db.ListAsync(UsageTable.Rows, "WHERE TRUE"), Token)).Select(row => row.Model)];
}
