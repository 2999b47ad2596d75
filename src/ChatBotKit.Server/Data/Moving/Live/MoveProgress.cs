namespace ChatBotKit.Server.Data.Moving;

/// <summary>The phase of a move.</summary>
internal enum MovePhase
{
    /// <summary>Both databases are checked.</summary>
    Preparing,

    /// <summary>Everything is copied while writes go on.</summary>
    Copying,

    /// <summary>What has changed meanwhile is copied.</summary>
    CatchingUp,

    /// <summary>Writes are refused, and the last changes are copied.</summary>
    Switching,

    /// <summary>The PostgreSQL database has replaced the SQLite database.</summary>
    Moved,

    /// <summary>The SQLite database stays in use.</summary>
    Failed,
}

/// <summary>The progress of a move. One task writes it, and others read it.</summary>
internal sealed class MoveProgress
{
    private readonly TimeProvider _time;
    private readonly long _began;
    private volatile int _phase;
    private volatile string? _error;
    private long _rows;
    private long _bytes;
    private long _waiting;
    private long _refused;
    private long _accepted;
    private long _ended;

    /// <param name="time">The clock.</param>
    /// <param name="database">The name of the PostgreSQL database.</param>
    public MoveProgress(TimeProvider time, string database) => (_time, _began, Database) = (time, time.GetTimestamp(), database);

    /// <summary>The name of the PostgreSQL database.</summary>
    public string Database { get; }

    public MovePhase Phase => (MovePhase)_phase;

    /// <summary>Why the move failed; null when it did not.</summary>
    public string? Error => _error;

    /// <summary>The number of rows that were copied.</summary>
    public long Rows => Interlocked.Read(ref _rows);

    /// <summary>The number of bytes that were copied.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>The number of changed rows that are not copied yet.</summary>
    public long Waiting => Interlocked.Read(ref _waiting);

    /// <summary>Whether the move goes on.</summary>
    public bool IsUnderway => Phase < MovePhase.Moved;

    /// <summary>How long the move has taken.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_began, Interlocked.Read(ref _ended) is not 0 and var end ? end : _time.GetTimestamp());

    /// <summary>How long writes were refused; null when they were not.</summary>
    public TimeSpan? Refused => Interlocked.Read(ref _refused) is not 0 and var from
        ? _time.GetElapsedTime(from, Interlocked.Read(ref _accepted) is not 0 and var to ? to : _time.GetTimestamp())
        : null;

    public void Enter(MovePhase phase)
    {
        if (phase >= MovePhase.Moved)
            Interlocked.Exchange(ref _ended, _time.GetTimestamp());
        _phase = (int)phase;
    }

    public void Fail(string error)
    {
        _error = error;
        Enter(MovePhase.Failed);
    }

    public void Add(long rows, long bytes)
    {
        Interlocked.Add(ref _rows, rows);
        Interlocked.Add(ref _bytes, bytes);
    }

    public void SetWaiting(long rows) => Interlocked.Exchange(ref _waiting, rows);

    /// <summary>Notes that writes are refused from now on.</summary>
    public void BeginRefusal() => Interlocked.Exchange(ref _refused, _time.GetTimestamp());

    /// <summary>Notes that a server runs on the PostgreSQL database.</summary>
    public void Complete()
    {
        EndRefusal();
        Enter(MovePhase.Moved);
    }

    /// <summary>Notes that writes are accepted from now on.</summary>
    public void EndRefusal() => Interlocked.Exchange(ref _accepted, _time.GetTimestamp());
}
