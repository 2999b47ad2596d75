using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.RunLog;

/// <summary>Lines of a log that were read from the store and are not consumed yet.</summary>
internal sealed class StoredLines(IStore store, string logId)
{
    private const int ReadBytes = 256 * 1024;

    private readonly Queue<LogBatchRow> _batches = new();

    /// <summary>Reads lines after a number from the store; returns false when there are none.</summary>
    public async ValueTask<bool> ReadAsync(long after, CancellationToken cancellationToken)
    {
        foreach (var batch in await store.ReadLogAsync(logId, after, ReadBytes, cancellationToken))
            _batches.Enqueue(batch);
        return _batches.Count > 0;
    }

    /// <summary>Takes the next of the lines that were read.</summary>
    /// <param name="after">The number of the last line that the reader has.</param>
    /// <param name="lines">The lines. For a batch past its retention, only the numbers are set and the lines are empty.</param>
    public bool TryTake(long after, out LogBatch lines)
    {
        lines = default;
        if (!_batches.TryDequeue(out var stored))
            return false;
        lines = new LogBatch(stored.First, stored.Last, stored.Lines);
        if (stored.Lines.Length > 0)
            lines = lines.After(after);
        return true;
    }
}
