using System.Threading.Channels;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Tests.Data;

namespace ChatBotKit.Server.Tests.RunLog;

/// <summary>
/// A store of logs in memory that completes a commit only when the test allows it. So a test can observe the state between append
/// and commit.
/// </summary>
internal sealed class GatedStore(bool isOpen = false) : PartialStore
{
    private readonly Channel<PendingCommit> _arrivals = Channel.CreateUnbounded<PendingCommit>();
    private readonly List<LogBatchRow> _batches = [];
    private readonly Lock _gate = new();
    private int _inFlight;

    /// <summary>The maximum number of concurrent commits.</summary>
    public int MostInFlight { get; private set; }

    /// <summary>The number of reads of a log.</summary>
    public int LogReads { get; private set; }

    public IReadOnlyList<LogBatchRow> Batches
    {
        get
        {
            lock (_gate)
                return [.. _batches];
        }
    }

    /// <summary>Waits for the next commit, which stays in flight until the test ends it.</summary>
    public ValueTask<PendingCommit> NextCommitAsync() => _arrivals.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>Whether a commit waits that the test has not taken.</summary>
    public bool HasCommit => _arrivals.Reader.TryPeek(out _);

    public override async Task CommitAsync(WriteSet writes)
    {
        lock (_gate)
            MostInFlight = Math.Max(MostInFlight, ++_inFlight);
        try
        {
            if (isOpen)
            {
                await Task.Yield();
            }
            else
            {
                var commit = new PendingCommit(writes);
                _arrivals.Writer.TryWrite(commit);
                await commit.Outcome;
            }
        }
        finally
        {
            lock (_gate)
                _inFlight--;
        }
        Store(writes);
    }

    public override ValueTask<IReadOnlyList<LogBatchRow>> ReadLogAsync(
        string logId, long after, int maxBytes, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            LogReads++;
            var found = new List<LogBatchRow>();
            var bytes = 0;
            foreach (var batch in _batches.Where(batch => batch.LogId == logId && batch.Last > after).OrderBy(batch => batch.First))
            {
                if (bytes > maxBytes)
                    break;
                found.Add(batch);
                bytes += batch.Lines.Length;
            }
            return new(found);
        }
    }

    public override ValueTask<long> LastLogNumberAsync(string logId, CancellationToken cancellationToken)
    {
        lock (_gate)
            return new(_batches.Where(batch => batch.LogId == logId).Select(batch => batch.Last).DefaultIfEmpty().Max());
    }

    private void Store(WriteSet writes)
    {
        lock (_gate)
        {
            foreach (var append in writes.Log)
                _batches.Add(new LogBatchRow
                {
                    LogId = append.LogId,
                    First = append.First,
                    Last = append.Last,
                    Lines = append.Lines.ToArray(),
                    CreatedAt = append.CreatedAt,
                });
        }
    }
}

/// <summary>A commit in flight.</summary>
internal sealed class PendingCommit(WriteSet writes)
{
    private readonly TaskCompletionSource _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WriteSet Writes { get; } = writes;

    public Task Outcome => _outcome.Task;

    public void Pass() => _outcome.SetResult();

    public void Fail(Exception exception) => _outcome.SetException(exception);
}
