using System.Text.Json;

namespace ChatBotKit.Server.RunLog;

/// <summary>The end of a log that is appended but not yet being committed. Every method is called under the lock of the log.</summary>
internal sealed class LogTail(bool isNumbered, long last, TimeProvider clock)
{
    private readonly EventEncoder _encoder = new(isNumbered);
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

    public void AppendToken(ReadOnlySpan<byte> type, string text) => _encoder.WriteToken(type, text, Now(), NextNumber());

    public void Append(string type, Action<Utf8JsonWriter>? data, Action<PendingRows>? rows)
    {
        // The event comes first: when writing it throws, neither rows nor a number must be added.
        _encoder.WriteEvent(type, data, Now(), _last + 1);
        rows?.Invoke(_rows);
        NextNumber();
    }

    public void AppendObject(ReadOnlySpan<byte> json, Action<PendingRows>? rows)
    {
        rows?.Invoke(_rows);
        _encoder.WriteObject(json);
        NextNumber();
    }

    public void Attach(Action<PendingRows> rows)
    {
        rows(_rows);
        Changes++;
    }

    /// <summary>Takes the pending lines. The caller takes their rows with <see cref="TakeRows"/>.</summary>
    public LogBatch TakeLines()
    {
        var lines = new LogBatch(_taken + 1, _last, _encoder.Take());
        _taken = _last;
        TakenChanges = Changes;
        return lines;
    }

    public PendingRows TakeRows()
    {
        var rows = _rows;
        _rows = new PendingRows();
        return rows;
    }

    public long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private long NextNumber()
    {
        Changes++;
        return ++_last;
    }
}
