using System.Text.Json;

namespace ChatBotKit.Server.RunLog;

/// <summary>The lines and rows of a log that wait for the next commit. Every method is called under the lock of the log.</summary>
/// <param name="isNumbered">Whether events carry their numbers.</param>
/// <param name="isShared">Whether the log has other writers, so that events get their numbers when they are stored.</param>
/// <param name="last">The number of the last line before the tail.</param>
/// <param name="clock">The clock that the events take their time from.</param>
internal sealed class LogTail(bool isNumbered, bool isShared, long last, TimeProvider clock)
{
    private readonly EventEncoder _encoder = new(isNumbered && !isShared);
    private List<bool>? _events = isShared ? [] : null;
    private PendingRows _rows = new();
    private long _last = last;
    private long _taken = last;

    /// <summary>The number of appended changes: lines, and rows without a line.</summary>
    public long Changes { get; private set; }

    /// <summary>The number of changes that were taken for a commit.</summary>
    public long TakenChanges { get; private set; }

    public bool IsEmpty => Changes == TakenChanges;

    /// <summary>The size of the pending lines in bytes.</summary>
    public int Bytes => _encoder.Length;

    public void AppendToken(ReadOnlySpan<byte> type, string text)
    {
        _encoder.WriteToken(type, text, Now(), NextNumber());
        _events?.Add(true);
    }

    public void Append(string type, Action<Utf8JsonWriter>? data, Action<PendingRows>? rows)
    {
        // The event comes first: when writing it throws, neither rows nor a number must be added.
        _encoder.WriteEvent(type, data, Now(), _last + 1);
        rows?.Invoke(_rows);
        NextNumber();
        _events?.Add(true);
    }

    public void AppendObject(ReadOnlySpan<byte> json, Action<PendingRows>? rows)
    {
        rows?.Invoke(_rows);
        _encoder.WriteObject(json);
        NextNumber();
        _events?.Add(false);
    }

    public void Attach(Action<PendingRows> rows)
    {
        rows(_rows);
        Changes++;
    }

    /// <summary>Takes the pending lines of a log that exists only in memory.</summary>
    public LogBatch TakeLines()
    {
        var lines = new LogBatch(_taken + 1, _last, _encoder.Take());
        _taken = _last;
        TakenChanges = Changes;
        return lines;
    }

    /// <summary>Takes the lines and the rows that are to be stored with them.</summary>
    public LogCommit Take(string logId)
    {
        var (rows, events) = (_rows, _events);
        _rows = new PendingRows();
        if (events is not null)
            _events = [];
        return new LogCommit(logId, TakeLines(), events, rows, Now());
    }

    /// <summary>
    /// Shifts the numbers of the pending lines after the lines that were taken last, if these were stored under other numbers.
    /// </summary>
    public void CountFrom(long lastTaken)
    {
        _last += lastTaken - _taken;
        _taken = lastTaken;
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private long NextNumber()
    {
        Changes++;
        return ++_last;
    }
}
