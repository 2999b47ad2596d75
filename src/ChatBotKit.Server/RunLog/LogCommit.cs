using System.Buffers;
using System.Globalization;
using System.Text;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.RunLog;

/// <summary>A commit of a log: the pieces of one or more writers, which are stored in one transaction.</summary>
internal sealed class LogCommit
{
    /// <summary>
    /// The maximum number of tries. Each retry means that another writer has stored lines, so bad luck alone does not reach it.
    /// </summary>
    private const int MaxTries = 100;

    private readonly string _logId;
    private readonly long _createdAt;

    /// <param name="logId">The id of the log.</param>
    /// <param name="pieces">The pieces, of which only a shared log has several.</param>
    /// <param name="last">The number of the last line of the log, as far as this process knows.</param>
    /// <param name="createdAt">The time of the lines, in Unix milliseconds.</param>
    public LogCommit(string logId, IReadOnlyList<LogPiece> pieces, long last, long createdAt)
    {
        (_logId, Pieces, _createdAt) = (logId, pieces, createdAt);
        Lines = IsShared ? Number(pieces, last + 1) : pieces[0].Lines;
    }

    public IReadOnlyList<LogPiece> Pieces { get; }

    /// <summary>The lines with the numbers under which they are stored.</summary>
    public LogBatch Lines { get; private set; }

    private bool IsShared => Pieces[0].Events is not null;

    /// <summary>Stores the commit. Lines of a shared log are numbered after the lines that other writers have stored meanwhile.</summary>
    /// <exception cref="StaleWriteException">
    /// Another writer has changed the log or a run, and new numbers can't resolve the conflict.
    /// </exception>
    public async Task StoreAsync(IStore store)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await store.CommitAsync(ToWriteSet());
                return;
            }
            catch (StaleWriteException) when (IsShared && tries < MaxTries)
            {
                var last = await store.LastLogNumberAsync(_logId, CancellationToken.None);
                // The log has not grown, so the conflict concerns another row.
                if (last < Lines.First)
                    throw;
                Lines = Number(Pieces, last + 1);
            }
        }
    }

    private WriteSet ToWriteSet() => PendingRows.ToWriteSet(
        Pieces, Lines.Lines.IsEmpty ? [] : [new LogAppend(_logId, Lines.First, Lines.Last, Lines.Lines, _createdAt)]);

    /// <summary>Returns the lines of all pieces one after the other, with the number of each event as its last member.</summary>
    private static LogBatch Number(IReadOnlyList<LogPiece> pieces, long first)
    {
        var numbered = new RentedBuffer();
        var next = first;
        foreach (var piece in pieces)
        {
            foreach (var (index, line) in LogLines.Split(piece.Lines.Lines).Index())
            {
                if (piece.Events![index])
                {
                    numbered.Write(line.Span[..^1]);
                    numbered.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"id\":{next}}}")));
                }
                else
                {
                    numbered.Write(line.Span);
                }

                numbered.Write("\n"u8);
                next++;
            }
        }

        return new LogBatch(first, next - 1, next == first ? default : numbered.Take());
    }
}
