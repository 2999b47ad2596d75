namespace ChatBotKit.Server.RunLog;

/// <summary>The newest lines of a log, in memory for its readers. Every call is made under the lock of the log.</summary>
/// <param name="isWholeLog">
/// Whether there is no store behind it: then nothing is dropped before the log's one reader has it, and everything after that.
/// </param>
internal sealed class LogWindow(bool isWholeLog)
{
    /// <summary>
    /// How much of a stored log is kept; a reader that is further behind reads the store. As much may wait for the store, or, in a
    /// log in memory, for the reader.
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

    /// <summary>The lines after a number; false when they are no longer here.</summary>
    public bool TryTake(long after, out LogBatch batch)
    {
        batch = default;
        // From the end, since most readers want what is newest.
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
