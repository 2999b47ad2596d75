using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Entities;

namespace ChatBotKit.Server.Log;

/// <summary>
/// A numbered sequence of events that is being written. Runs append to it and never see a client; connections read it
/// and never see a run. What a reader gets was stored before, so a reader that comes back with the number of the last
/// event it saw continues exactly there, also after a restart.
/// </summary>
/// <remarks>
/// Appending is cheap and never waits. One commit is in flight at a time and takes everything that was appended while
/// the one before was on its way, so a fast model makes large commits and a slow one makes prompt ones.
/// Without a store the log lives in memory alone: flushing publishes at once, and what its one reader has read is let go.
/// </remarks>
internal sealed class EventLog
{
    /// <summary>How much of a stored log is kept in memory for its readers; who is further behind reads the store.</summary>
    private const int WindowBytes = 256 * 1024;

    private readonly Lock _gate = new();
    private readonly IStore? _store;
    private readonly TimeProvider _clock;
    private readonly EventEncoder _encoder;
    private readonly LinkedList<LogBatch> _window = new();
    private readonly List<LogReader> _waiting = [];
    private readonly List<(long Change, TaskCompletionSource Done)> _flushes = [];
    private PendingRows _rows = new();
    private int _windowBytes;
    private long _last;
    private long _taken;
    private long _published;
    private long _changes;
    private long _takenChanges;
    private long _storedChanges;
    private TaskCompletionSource? _room;
    private bool _committing;
    private bool _completed;
    private Exception? _fault;

    /// <param name="id">The log's id.</param>
    /// <param name="store">Where it is kept; null for a log that lives in memory alone.</param>
    /// <param name="last">The number of the last line that is already stored.</param>
    /// <param name="clock">Gives the events their time.</param>
    public EventLog(string id, IStore? store, long last, TimeProvider clock)
    {
        Id = id;
        _store = store;
        _encoder = new EventEncoder(numbered: store is not null);
        _clock = clock;
        _last = _taken = _published = last;
    }

    public string Id { get; }

    /// <summary>Raised once, when the store fails: whoever works for this log need not go on.</summary>
    public event Action? Faulted;

    /// <summary>The number of the last line that readers may see.</summary>
    public long Published
    {
        get
        {
            lock (_gate)
                return _published;
        }
    }

    /// <summary>The store failed; nothing more can be written to this log.</summary>
    public bool IsFaulted
    {
        get
        {
            lock (_gate)
                return _fault is not null;
        }
    }

    /// <summary>
    /// Waits until the reader of a log in memory has caught up, so that a slow client slows its run down instead of
    /// filling the memory. A stored log never waits: what its readers have not read is on disk.
    /// </summary>
    /// <exception cref="Exception">What the store threw; there is no use in saying more to this log.</exception>
    public Task WaitForRoomAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_fault is not null)
                return Task.FromException(_fault);
            if (_store is not null || _windowBytes <= WindowBytes)
                return Task.CompletedTask;
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>A reader of this log from the line after <paramref name="after"/> on.</summary>
    public LogReader CreateReader(long after, TimeProvider clock, TimeSpan? heartbeat) =>
        new(this, _store, Id, after, clock, heartbeat);

    /// <summary>Appends a piece of text: <c>token</c> or <c>reasoningToken</c>.</summary>
    public void AppendToken(ReadOnlySpan<byte> type, string text)
    {
        lock (_gate)
            _encoder.WriteToken(type, text, Now(), NextNumber());
    }

    /// <summary>Appends an event.</summary>
    /// <param name="type">The event's type.</param>
    /// <param name="data">Its data, as JSON.</param>
    /// <param name="rows">Rows that must be stored with it or before it.</param>
    public void Append(string type, ReadOnlySpan<byte> data, Action<PendingRows>? rows = null)
    {
        lock (_gate)
        {
            rows?.Invoke(_rows);
            _encoder.WriteEvent(type, data, Now(), NextNumber());
        }
    }

    /// <summary>Appends a JSON object as it is; the line has no number of its own inside.</summary>
    public void AppendObject(ReadOnlySpan<byte> json, Action<PendingRows>? rows)
    {
        lock (_gate)
        {
            rows?.Invoke(_rows);
            _encoder.WriteObject(json);
            NextNumber();
        }
    }

    /// <summary>Adds rows that are stored with the next commit, even when no event goes with them.</summary>
    public void Attach(Action<PendingRows> rows)
    {
        lock (_gate)
        {
            rows(_rows);
            _changes++;
        }
    }

    /// <summary>Starts bringing what was appended to the store and to the readers.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_committing || _fault is not null || !HasPending())
                return;
            if (_store is null)
            {
                Publish(TakeLines());
                return;
            }
            _committing = true;
        }
        _ = CommitAsync();
    }

    /// <summary>Completes when everything that was appended before is stored and published.</summary>
    /// <exception cref="Exception">What the store threw; nothing more can be written to this log.</exception>
    public Task FlushAsync()
    {
        Task done;
        lock (_gate)
        {
            if (_fault is not null)
                return Task.FromException(_fault);
            if (_storedChanges == _changes)
                return Task.CompletedTask;
            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _flushes.Add((_changes, source));
            done = source.Task;
        }
        Flush();
        return done;
    }

    /// <summary>Says that nothing more will come. Readers end when they have read everything.</summary>
    public void Complete()
    {
        Flush();
        lock (_gate)
        {
            _completed = true;
            Wake(LogWake.Changed);
        }
    }

    /// <summary>
    /// The next published lines after <paramref name="after"/>. When there are none: either the log has ended, or the
    /// reader is put on the list of those to be woken.
    /// </summary>
    public LogState Read(long after, LogReader reader, out LogBatch batch)
    {
        lock (_gate)
        {
            batch = default;
            if (after >= _published)
            {
                if (_fault is not null)
                    return LogState.Faulted;
                if (_completed && !_committing && !HasPending())
                    return LogState.Ended;
                _waiting.Add(reader);
                reader.Arm();
                return LogState.Waiting;
            }
            return FindInWindow(after, ref batch) ? LogState.Lines : LogState.InStore;
        }
    }

    public void StopWaiting(LogReader reader)
    {
        lock (_gate)
            _waiting.Remove(reader);
    }

    private bool FindInWindow(long after, ref LogBatch batch)
    {
        for (var node = _window.First; node is not null; node = node.Next)
        {
            if (node.Value.Last <= after)
                continue;
            if (node.Value.First > after + 1)
                return false;
            batch = node.Value.After(after);
            if (_store is null)
                DropThrough(node);
            return true;
        }
        return false;
    }

    private void DropThrough(LinkedListNode<LogBatch> node)
    {
        while (_window.First is { } first)
        {
            _windowBytes -= first.Value.Lines.Length;
            _window.RemoveFirst();
            if (first == node)
                break;
        }
        if (_windowBytes <= WindowBytes && _room is { } room)
        {
            _room = null;
            room.SetResult();
        }
    }

    private async Task CommitAsync()
    {
        try
        {
            while (true)
            {
                LogBatch lines;
                WriteSet writes;
                lock (_gate)
                {
                    if (!HasPending())
                    {
                        _committing = false;
                        if (_completed)
                            Wake(LogWake.Changed);
                        return;
                    }
                    lines = TakeLines();
                    writes = TakeRows(lines);
                }
                await _store!.CommitAsync(writes);
                lock (_gate)
                    Publish(lines);
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private void Fail(Exception exception)
    {
        lock (_gate)
        {
            _fault = exception;
            _committing = false;
            foreach (var (_, done) in _flushes)
                done.TrySetException(exception);
            _flushes.Clear();
            Wake(LogWake.Changed);
        }
        Faulted?.Invoke();
    }

    private bool HasPending() => _changes > _takenChanges;

    private LogBatch TakeLines()
    {
        var lines = new LogBatch(_taken + 1, _last, _encoder.Take());
        _taken = _last;
        _takenChanges = _changes;
        return lines;
    }

    private WriteSet TakeRows(LogBatch lines)
    {
        var rows = _rows;
        _rows = new PendingRows();
        return rows.ToWriteSet(lines.Lines.IsEmpty ? [] : [new LogAppend(Id, lines.First, lines.Last, lines.Lines, Now())]);
    }

    private void Publish(LogBatch lines)
    {
        _published = lines.Last;
        _storedChanges = _takenChanges;
        if (!lines.Lines.IsEmpty)
        {
            _window.AddLast(lines);
            _windowBytes += lines.Lines.Length;
            while (_store is not null && _windowBytes > WindowBytes && _window.Count > 1)
                DropThrough(_window.First!);
        }
        for (var i = _flushes.Count - 1; i >= 0; i--)
        {
            if (_flushes[i].Change > _storedChanges)
                continue;
            _flushes[i].Done.TrySetResult();
            _flushes.RemoveAt(i);
        }
        Wake(LogWake.Changed);
    }

    private void Wake(LogWake reason)
    {
        foreach (var reader in _waiting)
            reader.Wake(reason);
        _waiting.Clear();
    }

    private long NextNumber()
    {
        _changes++;
        return ++_last;
    }

    private long Now() => _clock.GetUtcNow().ToUnixTimeMilliseconds();
}

/// <summary>What a reader finds when it looks.</summary>
internal enum LogState
{
    /// <summary>Here are lines.</summary>
    Lines,

    /// <summary>The lines that it wants are no longer in memory.</summary>
    InStore,

    /// <summary>There is nothing yet; the reader will be woken.</summary>
    Waiting,

    /// <summary>There is nothing, and nothing will come.</summary>
    Ended,

    /// <summary>The store failed; what it acknowledged before was delivered.</summary>
    Faulted,
}

/// <summary>Rows that wait for the next commit of a log.</summary>
internal sealed class PendingRows
{
    private readonly List<MessageEntity> _messages = [];
    private readonly List<IdempotencyEntity> _keys = [];

    public RunEntity? StartedRun { get; set; }

    public RunOutcome? EndedRun { get; set; }

    public UsageEntity? Usage { get; set; }

    public SessionUse? SessionUse { get; private set; }

    public void Add(MessageEntity message) => _messages.Add(message);

    public void Add(IdempotencyEntity? key)
    {
        if (key is not null)
            _keys.Add(key);
    }

    /// <summary>Adds to what is there: only runs of one session write to the same log.</summary>
    public void Add(SessionUse? use)
    {
        if (use is not null)
            SessionUse = SessionUse is { } before
                ? use with { Messages = before.Messages + use.Messages, Tokens = before.Tokens + use.Tokens }
                : use;
    }

    public WriteSet ToWriteSet(IReadOnlyList<LogAppend> log) => new()
    {
        StartedRun = StartedRun,
        EndedRun = EndedRun,
        Messages = _messages,
        Usage = Usage,
        SessionUse = SessionUse,
        IdempotencyKeys = _keys,
        Log = log,
    };
}
