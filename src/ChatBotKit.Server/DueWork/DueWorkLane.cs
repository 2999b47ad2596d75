namespace ChatBotKit.Server.DueWork;

/// <summary>What this process knows of one kind of work. So that kinds do not wait for each other, each has its own places.</summary>
internal sealed class DueWorkLane(IDueWorkHandler handler)
{
    private volatile bool _isUnknown = true;
    private int _running;

    public IDueWorkHandler Handler => handler;

    /// <summary>When the next item is due, in Unix milliseconds; the largest number when there is none.</summary>
    public long Next { get; set; } = long.MaxValue;

    public bool IsRunning => Volatile.Read(ref _running) > 0;

    /// <summary>How many items may be taken.</summary>
    public int Free => handler.AtOnce - Volatile.Read(ref _running);

    /// <summary>When it is to be looked at again; only items that can be taken count.</summary>
    public long WakeAt => Free == 0 ? long.MaxValue : _isUnknown ? 0 : Next;

    /// <summary>An item was stored that may be due before <see cref="Next"/>.</summary>
    public void Forget() => _isUnknown = true;

    /// <summary>Whether <see cref="Next"/> is to be read. To be asked before it is, so that nothing is missed that is stored meanwhile.</summary>
    public bool TakeUnknown()
    {
        var wasUnknown = _isUnknown;
        _isUnknown = false;
        return wasUnknown;
    }

    public void Begin() => Interlocked.Increment(ref _running);

    public void End() => Interlocked.Decrement(ref _running);
}
