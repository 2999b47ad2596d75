using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatBotKit.Server.Tests.Data;

public sealed class UsageQueueTests
{
    private readonly FailingStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Flush_StoreFails_TriesTheRecordsAgain()
    {
        await using var queue = new UsageQueue(_store, NullLogger<UsageQueue>.Instance);
        queue.Add(Rows.Usage("u1"));
        _store.Fails = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => queue.FlushAsync(Token));
        queue.Add(Rows.Usage("u2"));
        _store.Fails = false;

        await queue.FlushAsync(Token);
        await queue.FlushAsync(Token);

        Assert.Equal(["u1", "u2"], _store.Stored.Select(usage => usage.Id));
    }

    [Fact]
    public async Task Add_BeyondTheCapacity_KeepsTheEarlierRecords()
    {
        await using var queue = new UsageQueue(_store, NullLogger<UsageQueue>.Instance);
        for (var number = 0; number <= UsageQueue.Capacity; number++)
            queue.Add(Rows.Usage($"u{number}"));

        await queue.FlushAsync(Token);

        Assert.Equal(UsageQueue.Capacity, _store.Stored.Count);
        Assert.Equal("u0", _store.Stored[0].Id);
    }

    private sealed class FailingStore : PartialStore
    {
        public bool Fails { get; set; }

        public List<UsageRow> Stored { get; } = [];

        public override Task CommitAsync(WriteSet writes)
        {
            if (Fails)
                throw new StoreUnavailableException("The disk is full.");
            Stored.AddRange(writes.Usages);
            return Task.CompletedTask;
        }
    }
}
