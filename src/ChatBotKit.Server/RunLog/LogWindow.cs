namespace ChatBotKit.Server.RunLog;

/// <summary>The newest lines of a log, in memory for its readers. Every method is called under the lock of the log.</summary>
/// <param name="isWholeLog">
/// Whether the log has no store. Then lines are kept until its single reader has read them, and released after that.
/// </param>
internal sealed class LogWindow(bool isWholeLog)
{
    /// <summary>
    /// How many bytes of a stored log are kept in memory; a reader that is further behind reads from the store. The same limit
    /// holds for bytes that wait for the store or, in a log in memory, for the reader.
    /// </summary>
    public const int MaxBytes = 64 * 1024;

    private readonly LinkedList<LogBatch> _batches = new();

    public int Bytes { get; private set; }

    public void Add(LogBatch lines)
    {
        if (lines.Lines.IsEmpty)
            return;
        _batches.AddLast(lines);
        Bytes += lines.Lines.Length;
        while (!isWholeLog && Bytes > MaxBytes && _batches.Count > 1)
            DropThrough(_batches.First!);
    }

    /// <summary>Finds the lines after a number; returns false when they are no longer in memory.</summary>
    public bool TryTake(long after, out LogBatch batch)
    {
        batch = default;
        // The search starts at the end, because most readers want the newest lines.
        var node = _batches.Last;
        while (node is not null && node.Value.First > after + 1)
            node = node.Previous;
        if (node is null)
            return false;
        batch = node.Value.After(after);
        if (isWholeLog)
            DropThrough(node);
        return true;
    }

    /// <summary>Forgets all lines: those that come next do not follow them.</summary>
    public void Clear()
    {
        _batches.Clear();
        Bytes = 0;
    }

    private void DropThrough(LinkedListNode<LogBatch> node)
    {
        while (_batches.First is { } first)
        {
            Bytes -= first.Value.Lines.Length;
            _batches.RemoveFirst();
            if (first == node)
                break;
        }
    }
}
