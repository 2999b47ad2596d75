using ChatBotKit.Server.BackgroundWork;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Tests.RunLog;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.BackgroundWork;

public sealed class RetentionServiceTests
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(1000 * Hour));
    private readonly RecordingMaintenance _store = new();
    private readonly LogDirectory _logs = new(new GatedStore(), TimeProvider.System);

    [Fact]
    public async Task Sweep_EveryMinute_AsksForWhatHasHadItsTime()
    {
        using var service = new RetentionService(_store, _logs, _time, NullLogger<RetentionService>.Instance);
        await service.StartAsync(TestContext.Current.CancellationToken);
        var now = (1000 * Hour) + Minute;
        _logs.Create("open");

        var calls = await SweepAsync();

        Assert.Equal(
            [
                $"conversations {now}",
                $"runs {now - (24 * Hour)}",
                $"logs 0 {now - Hour}, numbers of open other",
                $"logs 0 {now - (25 * Hour)}, numbers of open",
                $"keys {now - (24 * Hour)}",
            ], calls);

        calls = await SweepAsync();

        Assert.Contains($"logs 7 {now + Minute - Hour}, numbers of open other", calls);
        await service.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Sweep_StoreUnavailable_TriesAgainAMinuteLater()
    {
        using var service = new RetentionService(_store, _logs, _time, NullLogger<RetentionService>.Instance);
        await service.StartAsync(TestContext.Current.CancellationToken);
        _store.Unavailable = true;
        Assert.Single(await SweepAsync());
        _store.Unavailable = false;

        Assert.Equal(5, (await SweepAsync()).Count);

        await service.StopAsync(TestContext.Current.CancellationToken);
    }

    private async Task<List<string>> SweepAsync()
    {
        var swept = _store.NextSweep();
        _time.Advance(TimeSpan.FromMinutes(1));
        return await swept.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    private sealed class RecordingMaintenance : IStoreMaintenance
    {
        private readonly List<string> _calls = [];
        private TaskCompletionSource<List<string>> _sweep = new();

        public bool Unavailable { get; set; }

        public Task<List<string>> NextSweep()
        {
            _calls.Clear();
            _sweep = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _sweep.Task;
        }

        public Task<int> DeleteExpiredConversationsAsync(long expiredBefore, CancellationToken cancellationToken)
        {
            _calls.Add($"conversations {expiredBefore}");
            if (!Unavailable)
                return Task.FromResult(0);
            _sweep.SetResult([.. _calls]);
            throw new StoreUnavailableException("The disk is full.");
        }

        public Task<StoreSnapshot> TakeSnapshotAsync(string path, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<int> DeleteEndedRunsAsync(long endedBefore, CancellationToken cancellationToken) => Record($"runs {endedBefore}");

        public async Task<long> DeleteLogBatchesWithoutRunAsync(
            long afterRow, long createdBefore, Func<string, bool> keepsNumber, CancellationToken cancellationToken)
        {
            string[] logs = ["open", "other"];
            await Record($"logs {afterRow} {createdBefore}, numbers of {string.Join(' ', logs.Where(keepsNumber))}");
            return 7;
        }

        public Task ReleaseSpaceAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<int> DeleteIdempotencyKeysAsync(long createdBefore, CancellationToken cancellationToken)
        {
            var recorded = Record($"keys {createdBefore}");
            _sweep.SetResult([.. _calls]);
            return recorded;
        }

        private Task<int> Record(string call)
        {
            _calls.Add(call);
            return Task.FromResult(0);
        }
    }
}
