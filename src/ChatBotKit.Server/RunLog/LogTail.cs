using System.Text.Json;

namespace ChatBotKit.Server.RunLog;

/// <summary>What was appended to a log and is not on its way yet. Every call is made under the lock of the log.</summary>
internal sealed class LogTail(bool isNumbered, long last, TimeProvider clock)
{
    private readonly EventEncoder _encoder = new(isNumbered);
    private PendingRows _rows = new();
    private long _last = last;
    private long _taken = last;

    /// <summary>How many changes there were: lines, and rows without one.</summary>
    public long Changes { get; private set; }

    /// <summary>How many of them were taken to be stored.</summary>
    public long TakenChanges { get; private set; }

    public bool IsEmpty => Changes == TakenChanges;

    /// <summary>The size of the lines in bytes.</summary>
    public int Bytes => _encoder.Length;

    public void AppendToken(ReadOnlySpan<byte> type, string text) => _encoder.WriteToken(type, text, Now(), NextNumber());

    public void Append(string type, Action<Utf8JsonWriter>? data, Action<PendingRows>? rows)
    {
        // First, because nothing was appended when it throws.
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

    /// <summary>Takes the lines; the rows stay for <see cref="TakeRows"/>.</summary>
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
