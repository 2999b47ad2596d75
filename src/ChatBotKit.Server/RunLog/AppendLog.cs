using System.Text.Json;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.RunLog;

/// <summary>
/// A numbered sequence of events that is being written. Runs append to it and never see a client; connections read it and never see
/// a run. Readers get only events that are stored, so a reader that returns with the number of the last event that it saw continues
/// exactly there, even after a restart.
/// </summary>
/// <remarks>
/// Appending is cheap and never waits. One commit is in flight at a time. The next one takes everything that was appended
/// meanwhile, so a fast model causes large commits and a slow one prompt ones. A log without a store exists only in memory:
/// flushing publishes at once, and lines are released when its single reader has read them.
/// </remarks>
internal sealed class AppendLog
{
    private readonly Lock _gate = new();
    private readonly IStore? _store;
    private readonly LogTail _tail;
    private readonly LogWindow _window;
    private readonly List<LogReader> _waiting = [];
    private readonly LogFlushes _flushes = new();
    private long _published;
    private long _storedChanges;
    private TaskCompletionSource? _room;
    private bool _committing;
    private bool _completed;
    private Exception? _fault;

    /// <param name="id">The log's id.</param>
    /// <param name="store">The store of the log; null for a log that exists only in memory.</param>
    /// <param name="last">The number of the last line that is already stored.</param>
    /// <param name="clock">The clock that the events take their time from.</param>
    public AppendLog(string id, IStore? store, long last, TimeProvider clock)
    {
        Id = id;
        _store = store;
        _window = new LogWindow(isWholeLog: store is null);
        // Other processes publish to the same channel. The log of a run has one writer, and no other can go on in its place.
        var isShared = store is not null && id.StartsWith(ChannelLogs.IdPrefix, StringComparison.Ordinal);
        _tail = new LogTail(isNumbered: store is not null, isShared, last, clock);
        _published = last;
    }

    public string Id { get; }

    /// <summary>Raised once, when the store fails. Work that writes to this log can be cancelled then.</summary>
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

    /// <summary>Whether the store has failed, so that nothing more can be written to this log.</summary>
    public bool IsFaulted
    {
        get
        {
            lock (_gate)
                return _fault is not null;
        }
    }

    /// <summary>
    /// Waits until the reader of a log in memory has caught up, so that a slow client slows its run down instead of filling the
    /// memory. A stored log waits only for its store, because unread lines are on disk.
    /// </summary>
    /// <exception cref="Exception">The exception of the store; nothing more can be written to this log.</exception>
    public Task WaitForRoomAsync(CancellationToken cancellationToken)
    {
        Task room;
        lock (_gate)
        {
            if (_fault is not null)
                return Task.FromException(_fault);
            if ((_store is null ? _window.Bytes : _tail.Bytes) <= LogWindow.MaxBytes)
                return Task.CompletedTask;
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            room = _room.Task;
        }
        // Pending lines must be on their way, or the wait would never end.
        Flush();
        return room.WaitAsync(cancellationToken);
    }

    /// <summary>Creates a reader that starts with the line after <paramref name="after"/>.</summary>
    public LogReader CreateReader(long after, TimeProvider clock, TimeSpan? heartbeat) =>
        new(this, _store, Id, after, clock, heartbeat);

    /// <summary>Appends a piece of text, as a <c>token</c> or <c>reasoningToken</c> event.</summary>
    public void AppendToken(ReadOnlySpan<byte> type, string text)
    {
        lock (_gate)
            _tail.AppendToken(type, text);
    }

    /// <summary>Appends an event.</summary>
    /// <param name="type">The event's type.</param>
    /// <param name="data">Writes the properties of its data; null for none.</param>
    /// <param name="rows">Adds rows that must be stored with the event or before it.</param>
    public void Append(string type, Action<Utf8JsonWriter>? data = null, Action<PendingRows>? rows = null)
    {
        lock (_gate)
            _tail.Append(type, data, rows);
    }

    /// <summary>Appends a JSON object unchanged. Its line carries no number.</summary>
    public void AppendObject(ReadOnlySpan<byte> json, Action<PendingRows>? rows)
    {
        lock (_gate)
            _tail.AppendObject(json, rows);
    }

    /// <summary>Adds rows that are stored with the next commit, even if no event is appended with them.</summary>
    public void Attach(Action<PendingRows> rows)
    {
        lock (_gate)
            _tail.Attach(rows);
    }

    /// <summary>Starts to store and publish what was appended.</summary>
    public void Flush()
    {
        LogReader[] waiting;
        lock (_gate)
        {
            if (_committing || _fault is not null || _tail.IsEmpty)
                return;
            if (_store is null)
            {
                waiting = Publish(_tail.TakeLines());
            }
            else
            {
                waiting = [];
                _committing = true;
            }
        }
        if (_store is null)
            Wake(waiting);
        else
            _ = CommitAsync();
    }

    /// <summary>Waits until everything that was appended before is stored and published.</summary>
    /// <exception cref="Exception">The exception of the store; nothing more can be written to this log.</exception>
    public Task FlushAsync()
    {
        Task done;
        lock (_gate)
        {
            if (_fault is not null)
                return Task.FromException(_fault);
            if (_storedChanges == _tail.Changes)
                return Task.CompletedTask;
            done = _flushes.Add(_tail.Changes);
        }
        Flush();
        return done;
    }

    /// <summary>Marks the log as complete. Readers end when they have read everything.</summary>
    public void Complete()
    {
        Flush();
        LogReader[] waiting;
        lock (_gate)
        {
            _completed = true;
            waiting = TakeWaiting();
        }
        Wake(waiting);
    }

    /// <summary>
    /// Returns the next published lines after <paramref name="after"/>. When there are none and the log has not ended, the reader
    /// is registered to be woken.
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
                if (_completed && !_committing && _tail.IsEmpty)
                    return LogState.Ended;
                _waiting.Add(reader);
                reader.Arm();
                return LogState.Waiting;
            }
            if (!_window.TryTake(after, out batch))
                return LogState.InStore;
            if (_store is null && _window.Bytes <= LogWindow.MaxBytes)
                MakeRoom();
            return LogState.Lines;
        }
    }

    public void StopWaiting(LogReader reader)
    {
        lock (_gate)
            _waiting.Remove(reader);
    }

    private void MakeRoom()
    {
        _room?.SetResult();
        _room = null;
    }

    private async Task CommitAsync()
    {
        try
        {
            while (TakePending() is { } pending)
            {
                await pending.StoreAsync(_store!);
                LogReader[] waiting;
                lock (_gate)
                {
                    _tail.CountFrom(pending.Lines.Last);
                    waiting = Publish(pending.Lines);
                }

                Wake(waiting);
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <summary>Takes what has to be stored next. When there is nothing, it returns null, and no commit is in flight any more.</summary>
    private LogCommit? TakePending()
    {
        LogReader[] waiting = [];
        lock (_gate)
        {
            if (!_tail.IsEmpty)
            {
                MakeRoom();
                return _tail.Take(Id);
            }
            _committing = false;
            if (_completed)
                waiting = TakeWaiting();
        }
        Wake(waiting);
        return null;
    }

    /// <summary>
    /// Ends the log after a failure of the store. <see cref="Faulted"/> is raised before waiting flushes fail, so that everything
    /// that depends on this log knows of the failure before the callers of the flushes do.
    /// </summary>
    private void Fail(Exception exception)
    {
        LogReader[] waiting;
        TaskCompletionSource[] flushes;
        lock (_gate)
        {
            _fault = exception;
            _committing = false;
            flushes = _flushes.TakeAll();
            MakeRoom();
            waiting = TakeWaiting();
        }
        try
        {
            Faulted?.Invoke();
        }
        finally
        {
            foreach (var done in flushes)
                done.TrySetException(exception);
            Wake(waiting);
        }
    }

    /// <returns>The readers to wake.</returns>
    private LogReader[] Publish(LogBatch lines)
    {
        // Lines that another writer stored in between are read from the store.
        if (lines.First > _published + 1)
            _window.Clear();
        _published = lines.Last;
        _storedChanges = _tail.TakenChanges;
        _window.Add(lines);
        _flushes.Complete(_storedChanges);
        return TakeWaiting();
    }

    /// <summary>Removes and returns the waiting readers. The caller wakes them after it has released the lock.</summary>
    private LogReader[] TakeWaiting()
    {
        if (_waiting.Count == 0)
            return [];
        var waiting = _waiting.ToArray();
        _waiting.Clear();
        return waiting;
    }

    /// <summary>Wakes the readers. A single reader continues on this thread, which saves a hop through the thread pool.</summary>
    private static void Wake(LogReader[] waiting)
    {
        foreach (var reader in waiting)
            reader.Wake(LogWake.Changed, inline: waiting.Length == 1);
    }
}
