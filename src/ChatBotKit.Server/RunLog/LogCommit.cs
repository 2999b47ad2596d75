using System.Buffers;
using System.Globalization;
using System.Text;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.RunLog;

/// <summary>What a log stores at once: lines, and the rows that go with them.</summary>
internal sealed class LogCommit
{
    /// <summary>Each time that it is in vain another writer has stored something, so this is not reached by bad luck.</summary>
    private const int MaxTries = 100;

    private readonly string _logId;
    private readonly LogBatch _lines;
    private readonly IReadOnlyList<bool>? _events;
    private readonly PendingRows _rows;
    private readonly long _createdAt;

    /// <param name="logId">The log.</param>
    /// <param name="lines">The lines. Those of a shared log have no numbers in them.</param>
    /// <param name="events">Which lines of a shared log are events, which carry their number; null for a log that is not shared.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="createdAt">The moment.</param>
    public LogCommit(string logId, LogBatch lines, IReadOnlyList<bool>? events, PendingRows rows, long createdAt)
    {
        (_logId, _lines, _events, _rows, _createdAt) = (logId, lines, events, rows, createdAt);
        Lines = events is null ? lines : Number(lines, events, lines.First);
    }

    /// <summary>The lines as they are stored.</summary>
    public LogBatch Lines { get; private set; }

    /// <summary>Stores it. Lines of a shared log get the numbers after those that another writer has stored meanwhile.</summary>
    /// <exception cref="StaleWriteException">The log or a run is not as it was thought to be.</exception>
    public Task StoreAsync(IStore store) => _events is null ? store.CommitAsync(ToWriteSet()) : StoreAsync(store, _events);

    private async Task StoreAsync(IStore store, IReadOnlyList<bool> events)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await store.CommitAsync(ToWriteSet());
                return;
            }
            catch (StaleWriteException) when (tries < MaxTries)
            {
                var last = await store.LastLogNumberAsync(_logId, CancellationToken.None);
                // The log has not grown: something else is no longer as it was.
                if (last < Lines.First)
                    throw;
                Lines = Number(_lines, events, last + 1);
            }
        }
    }

    private WriteSet ToWriteSet() => _rows.ToWriteSet(
        Lines.Lines.IsEmpty ? [] : [new LogAppend(_logId, Lines.First, Lines.Last, Lines.Lines, _createdAt)]);

    /// <summary>Writes the number of each event as its last member.</summary>
    private static LogBatch Number(LogBatch lines, IReadOnlyList<bool> events, long first)
    {
        if (lines.Lines.IsEmpty)
            return lines;
        var numbered = new RentedBuffer();
        foreach (var (index, line) in LogLines.Split(lines.Lines).Index())
        {
            if (events[index])
            {
                numbered.Write(line.Span[..^1]);
                numbered.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"id\":{first + index}}}")));
            }
            else
            {
                numbered.Write(line.Span);
            }

            numbered.Write("\n"u8);
        }

        return new LogBatch(first, first + lines.Last - lines.First, numbered.Take());
    }
}
