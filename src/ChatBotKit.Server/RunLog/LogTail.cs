using System.Text.Json;

namespace ChatBotKit.Server.RunLog;

/// <summary>The lines and rows of a writer that wait for the next commit. Every method is called under the lock of the log.</summary>
/// <param name="isNumbered">Whether events carry their numbers.</param>
/// <param name="isShared">Whether the log has other writers, so that events get their numbers when they are stored.</param>
/// <param name="last">The number of the last line before the tail.</param>
/// <param name="clock">The clock that the events take their time from.</param>
internal sealed class LogTail(bool isNumbered, bool isShared, long last, TimeProvider clock)
{
    private readonly EventEncoder _encoder = new(isNumbered && !isShared);
    private List<bool>? _events = isShared ? [] : null;
    private PendingRows? _rows;
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
        rows?.Invoke(_rows ??= new PendingRows());
        NextNumber();
        _events?.Add(true);
    }

    public void AppendObject(ReadOnlySpan<byte> json, Action<PendingRows>? rows)
    {
        rows?.Invoke(_rows ??= new PendingRows());
        _encoder.WriteObject(json);
        NextNumber();
        _events?.Add(false);
    }

    public void Attach(Action<PendingRows> rows)
    {
        rows(_rows ??= new PendingRows());
        Changes++;
    }

    /// <summary>
    /// Takes the pending lines, with whether each is an event if the log is shared, and the rows that are to be stored with them; null for none.
    /// </summary>
    public (LogBatch Lines, IReadOnlyList<bool>? Events, PendingRows? Rows) Take()
    {
        var taken = (new LogBatch(_taken + 1, _last, _encoder.Take()), _events, _rows);
        _taken = _last;
        TakenChanges = Changes;
        _rows = null;
        if (_events is not null)
            _events = [];
        return taken;
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private long NextNumber()
    {
        Changes++;
        return ++_last;
    }
}
