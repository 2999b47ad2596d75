namespace ChatBotKit.Server.Knowledge;

/// <summary>The memory that the vectors of all datasets together may take.</summary>
internal sealed class VectorMemory(long limit)
{
    public const long DefaultLimit = 256 * 1024 * 1024;

    private long _taken;

    public long Limit => limit;

    /// <summary>The bytes that are taken now.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Called when too little memory is left, to release vectors that are not in use.</summary>
    public Action? MakeRoom { get; set; }

    /// <summary>Takes bytes; returns false, and takes none, when there are not so many left.</summary>
    public bool TryTake(long bytes)
    {
        if (TryAdd(bytes))
            return true;
        MakeRoom?.Invoke();
        return TryAdd(bytes);
    }

    public void GiveBack(long bytes) => Interlocked.Add(ref _taken, -bytes);

    private bool TryAdd(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= limit)
            return true;
        Interlocked.Add(ref _taken, -bytes);
        return false;
    }
}
