namespace ChatBotKit.Server.DueWork;

/// <summary>The state of one kind of work in this process. Each kind has its own limit, so that kinds do not wait for each other.</summary>
internal sealed class DueWorkLane(IDueWorkHandler handler)
{
    private volatile bool _isUnknown = true;
    private int _running;

    public IDueWorkHandler Handler => handler;

    /// <summary>The due time of the next item in Unix milliseconds; <see cref="long.MaxValue"/> when there is none.</summary>
    public long Next { get; set; } = long.MaxValue;

    public bool IsRunning => Volatile.Read(ref _running) > 0;

    /// <summary>The number of items that may be taken now.</summary>
    public int Free => handler.AtOnce - Volatile.Read(ref _running);

    /// <summary>
    /// The time of the next query for items, in Unix milliseconds. A lane without a free place does not wake the loop, because it can take
    /// no item.
    /// </summary>
    public long WakeAt => Free == 0 ? long.MaxValue : _isUnknown ? 0 : Next;

    /// <summary>Marks <see cref="Next"/> as unknown, because a stored item may be due earlier.</summary>
    public void Forget() => _isUnknown = true;

    /// <summary>
    /// Returns whether <see cref="Next"/> is unknown, and marks it as known. Call this before the store is queried, so that an item that is
    /// stored during the query marks it as unknown again.
    /// </summary>
    public bool TakeUnknown()
    {
        var wasUnknown = _isUnknown;
        _isUnknown = false;
        return wasUnknown;
    }

    public void Begin() => Interlocked.Increment(ref _running);

    public void End() => Interlocked.Decrement(ref _running);
}
