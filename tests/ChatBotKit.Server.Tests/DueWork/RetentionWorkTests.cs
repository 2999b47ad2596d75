using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Tests.RunLog;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.DueWork;

public sealed class RetentionWorkTests
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(1000 * Hour));
    private readonly RecordingMaintenance _store = new();
    private readonly LogDirectory _logs = new(new GatedStore(), TimeProvider.System);

    [Fact]
    public async Task Work_AsksForWhatHasHadItsTime()
    {
        var work = new RetentionWork(_store, _logs, _time);
        var now = 1000 * Hour;
        _logs.Create("open");

        Assert.Equal(
            [
                $"conversations {now}",
                $"runs {now - (24 * Hour)}",
                $"logs 0 {now - Hour}, numbers of open other",
                $"logs 0 {now - (25 * Hour)}, numbers of open",
                $"keys {now - (24 * Hour)}",
            ], await SweepAsync(work));

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains($"logs 7 {now + Minute - Hour}, numbers of open other", await SweepAsync(work));
    }

    [Fact]
    public void Work_ComesEveryMinute() => Assert.Equal(
        _time.GetUtcNow().AddMinutes(1), new RetentionWork(_store, _logs, _time).Recurrence!.NextAfter(_time.GetUtcNow(), _time.GetUtcNow()));

    private async Task<IReadOnlyList<string>> SweepAsync(IDueWorkHandler work)
    {
        _store.Calls.Clear();
        await work.WorkAsync(
            new DueWorkItem(DueWorkRow.New(work.Kind, "server", _time.GetUtcNow(), _time.GetUtcNow())), TestContext.Current.CancellationToken);
        return [.. _store.Calls];
    }

    private sealed class RecordingMaintenance : IStoreMaintenance
    {
        public List<string> Calls { get; } = [];

        public Task<int> DeleteExpiredConversationsAsync(long expiredBefore, CancellationToken cancellationToken) =>
            Record($"conversations {expiredBefore}");

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

        public Task<int> DeleteIdempotencyKeysAsync(long createdBefore, CancellationToken cancellationToken) => Record($"keys {createdBefore}");

        private Task<int> Record(string call)
        {
            Calls.Add(call);
            return Task.FromResult(0);
        }
    }
}
