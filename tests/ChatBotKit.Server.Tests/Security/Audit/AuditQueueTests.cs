using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Security;
using ChatBotKit.Server.Tests.Data;
using ChatBotKit.Server.Tests.RunLog;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Security;

public sealed class AuditQueueTests : StoreTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Refusals_ThatRepeatWithinAMinute_AreOneRecordThatWaitsForIt()
    {
        await using var queue = Queue();
        for (var number = 0; number < 3; number++)
            Assert.True(queue.AddRefusal(Refusal()));
        queue.AddRefusal(Refusal(origin: "https://other.example"));
        _time.Advance(TimeSpan.FromSeconds(59));
        await queue.FlushDueAsync(Cancellation);
        var early = await ReadAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        await queue.FlushDueAsync(Cancellation);
        queue.AddRefusal(Refusal());
        await queue.FlushAsync("account", Cancellation);

        Assert.Empty(early);
        Assert.Equal([(3, null), (1, "https://other.example"), (1, null)], (await ReadAsync()).Select(row => (row.Count, row.Origin)));
    }

    [Fact]
    public async Task Refusals_OfStrangers_WaitForTenMinutesAndAreFewRecords()
    {
        await using var queue = Queue();
        for (var number = 0; number < 5000; number++)
            Assert.True(queue.AddRefusal(Refusal(session: null, origin: $"https://{number}.example")));
        _time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        await queue.FlushDueAsync(Cancellation);
        var early = await ReadAsync();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await queue.FlushDueAsync(Cancellation);

        var rows = await ReadAsync();
        Assert.Empty(early);
        Assert.Equal(WaitingRefusals.MaxRefusalsPerSession + 1, rows.Count);
        Assert.Equal(5000, rows.Sum(row => row.Count));
    }

    [Fact]
    public async Task Refusals_FromEverywhere_AreFewRecordsPerSession()
    {
        await using var queue = Queue();
        for (var number = 0; number < 5000; number++)
            Assert.True(queue.AddRefusal(Refusal(origin: $"https://{number}.example")));
        queue.AddRefusal(Refusal(session: "s2", origin: "https://example.com"));
        await queue.FlushAsync("account", Cancellation);

        var rows = await ReadAsync();
        Assert.Equal(WaitingRefusals.MaxRefusalsPerSession + 2, rows.Count);
        Assert.Equal(5000, rows.Where(row => row.SessionId == "s1").Sum(row => row.Count));
        Assert.Equal("https://example.com", rows[^1].Origin);
    }

    [Fact]
    public async Task Records_BeyondTheCapacity_AreNotKept()
    {
        await using var queue = Queue();
        for (var number = 0; number < AuditQueue.Capacity; number++)
            Assert.True(queue.AddRefusal(Refusal(session: $"s{number}")));

        Assert.False(queue.AddRefusal(Refusal(session: "one more")));
        Assert.False(queue.AddUse(Refusal(session: "one more")));
        Assert.True(queue.AddRefusal(Refusal(session: "s7")));
    }

    [Fact]
    public async Task Flush_OfOneAccount_LeavesTheOthers()
    {
        await using var queue = Queue();
        queue.AddRefusal(Refusal(session: "s2", account: "other"));
        queue.AddRefusal(Refusal());
        await queue.FlushAsync("account", Cancellation);

        Assert.Equal("account", Assert.Single(await ReadAsync()).AccountId);
    }

    [Fact]
    public async Task Store_ThatFails_GetsTheSameRecordsTheNextTime()
    {
        var store = new GatedStore();
        var queue = Queue(store);
        queue.AddRefusal(Refusal());
        queue.AddRefusal(Refusal());
        var failing = queue.FlushAsync("account", Cancellation);
        (await store.NextCommitAsync()).Fail(new StoreUnavailableException("The disk is full."));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => failing);
        queue.AddRefusal(Refusal());
        var passing = queue.FlushAsync("account", Cancellation);
        var commit = await store.NextCommitAsync();
        commit.Pass();
        await passing;
        await queue.DisposeAsync();

        Assert.Equal([2, 1], commit.Writes.Audit.Select(record => record.Count));
        Assert.False(store.HasCommit);
    }

    [Fact]
    public async Task Store_ThatKeepsFailing_DoesNotLetMoreWait()
    {
        var store = new GatedStore();
        var queue = Queue(store);
        var taken = 0;
        for (var round = 0; round < 3; round++)
        {
            for (var number = 0; number < AuditQueue.Capacity; number++)
                taken += queue.AddRefusal(Refusal(session: $"s{round}-{number}")) ? 1 : 0;
            var failing = queue.FlushAsync("account", Cancellation);
            var commit = await store.NextCommitAsync();
            Assert.False(queue.AddUse(Refusal(session: "one more")));
            commit.Fail(new StoreUnavailableException("The disk is full."));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => failing);
        }

        Assert.Equal(AuditQueue.Capacity, taken);
    }

    [Fact]
    public async Task Disposal_StoresWhatWaits()
    {
        var queue = Queue();
        queue.AddRefusal(Refusal());
        await queue.DisposeAsync();

        Assert.Single(await ReadAsync());
    }

    private AuditRow Refusal(string? session = "s1", string? origin = null, string account = "account") => new()
    {
        AccountId = account,
        Id = Ids.New(),
        Type = "refuse",
        Code = "SESSION_EXPIRED",
        ActorKind = "session",
        ActorId = session,
        SessionId = session,
        Origin = origin,
        CreatedAt = _time.GetUtcNow().ToUnixTimeMilliseconds(),
    };

    private AuditQueue Queue(IStore? store = null) =>
        new(store ?? Store, _time, NullLogger<AuditQueue>.Instance);

    private Task<List<AuditRow>> ReadAsync() => Store.ListAsync(AuditTable.Rows, "ORDER BY \"AccountId\", \"Number\"");
}
