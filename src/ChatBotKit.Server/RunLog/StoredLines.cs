using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.RunLog;

/// <summary>The lines of a log that a reader has fetched from the store and not given yet.</summary>
internal sealed class StoredLines(IStore store, string logId)
{
    private const int ReadBytes = 256 * 1024;

    private readonly Queue<LogBatchRow> _batches = new();

    /// <summary>Fetches what comes after a number; false when there is nothing.</summary>
    public async ValueTask<bool> ReadAsync(long after, CancellationToken cancellationToken)
    {
        foreach (var batch in await store.ReadLogAsync(logId, after, ReadBytes, cancellationToken))
            _batches.Enqueue(batch);
        return _batches.Count > 0;
    }

    /// <summary>The next of the fetched lines.</summary>
    /// <param name="after">The number of the last line that the reader has.</param>
    /// <param name="lines">The lines; those of a batch whose time is over are empty and tell their numbers alone.</param>
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
