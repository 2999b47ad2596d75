using System.Buffers;
using System.Globalization;
using System.Text;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.RunLog;

/// <summary>A commit of a log: lines, and the rows that are stored in the same transaction.</summary>
internal sealed class LogCommit
{
    /// <summary>
    /// The maximum number of tries. Each retry means that another writer has stored lines, so bad luck alone does not reach it.
    /// </summary>
    private const int MaxTries = 100;

    private readonly string _logId;
    private readonly LogBatch _lines;
    private readonly IReadOnlyList<bool>? _events;
    private readonly PendingRows _rows;
    private readonly long _createdAt;

    /// <param name="logId">The id of the log.</param>
    /// <param name="lines">The lines. Those of a shared log do not contain numbers yet.</param>
    /// <param name="events">
    /// Whether each line of a shared log is an event, which carries its number; null for a log that is not shared.
    /// </param>
    /// <param name="rows">The rows that are stored with the lines.</param>
    /// <param name="createdAt">The time of the lines, in Unix milliseconds.</param>
    public LogCommit(string logId, LogBatch lines, IReadOnlyList<bool>? events, PendingRows rows, long createdAt)
    {
        (_logId, _lines, _events, _rows, _createdAt) = (logId, lines, events, rows, createdAt);
        Lines = events is null ? lines : Number(lines, events, lines.First);
    }

    /// <summary>The lines with the numbers under which they are stored.</summary>
    public LogBatch Lines { get; private set; }

    /// <summary>Stores the commit. Lines of a shared log are numbered after the lines that other writers have stored meanwhile.</summary>
    /// <exception cref="StaleWriteException">
    /// Another writer has changed the log or a run, and new numbers can't resolve the conflict.
    /// </exception>
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
                // The log has not grown, so the conflict concerns another row.
                if (last < Lines.First)
                    throw;
                Lines = Number(_lines, events, last + 1);
            }
        }
    }

    private WriteSet ToWriteSet() => _rows.ToWriteSet(
        Lines.Lines.IsEmpty ? [] : [new LogAppend(_logId, Lines.First, Lines.Last, Lines.Lines, _createdAt)]);

    /// <summary>Returns the lines with the number of each event as its last member.</summary>
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
