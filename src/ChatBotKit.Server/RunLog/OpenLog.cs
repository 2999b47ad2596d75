using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.RunLog;

/// <summary>
/// A log as this process has it open: its newest lines, its readers, and the commits of its writers. Readers get only events that are
/// stored, so a reader that returns with the number of the last event that it saw continues exactly there, even after a restart.
/// </summary>
/// <remarks>
/// One commit is in flight at a time. The next one takes everything that all writers appended meanwhile, so a fast model causes large
/// commits and a slow one prompt ones. A log without a store exists only in memory: flushing publishes at once, and lines are released when
/// its single reader has read them.
/// </remarks>
internal sealed class OpenLog
{
    private readonly IStore? _store;
    private readonly LogWindow _window;
    private readonly List<LogReader> _waiting = [];
    private readonly List<AppendLog> _pending = [];
    private AppendLog? _single;
    private long _published;
    private TaskCompletionSource? _room;
    private bool _committing;
    private bool _completed;

    /// <param name="id">The log's id.</param>
    /// <param name="store">The store of the log; null for a log that exists only in memory.</param>
    /// <param name="last">The number of the last line that is already stored.</param>
    /// <param name="clock">The clock that the events take their time from.</param>
    public OpenLog(string id, IStore? store, long last, TimeProvider clock)
    {
        (Id, _store, _published, Clock) = (id, store, last, clock);
        _window = new LogWindow(isWholeLog: store is null);
        // Other runs and other processes publish to the same channel. The log of a run has one writer, and no other can go on in its place.
        IsShared = store is not null && id.StartsWith(ChannelLogs.IdPrefix, StringComparison.Ordinal);
    }

    /// <summary>Raised once, when the store fails.</summary>
    public event Action? Faulted;

    public string Id { get; }

    public TimeProvider Clock { get; }

    public bool IsStored => _store is not null;

    /// <summary>Whether the log has several writers, so that events get their numbers when they are stored.</summary>
    public bool IsShared { get; }

    /// <summary>The lock of the log and of its writers.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The failure of the store, after which nothing more can be written; null for none. Read under the lock.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>The number of bytes that are kept for readers. Read under the lock.</summary>
    public int WindowBytes => _window.Bytes;

    /// <summary>The number of the last line that readers may see.</summary>
    public long Published
    {
        get
        {
            lock (Gate)
                return _published;
        }
    }

    /// <summary>Whether the store has failed, so that nothing more can be written to this log.</summary>
    public bool IsFaulted
    {
        get
        {
            lock (Gate)
                return Fault is not null;
        }
    }

    /// <summary>Returns an end for a writer. A log that is not shared has only one.</summary>
    public AppendLog Writer()
    {
        if (IsShared)
            return new AppendLog(this);
        lock (Gate)
            return _single ??= new AppendLog(this);
    }

    /// <summary>Creates a reader that starts with the line after <paramref name="after"/>.</summary>
    public LogReader CreateReader(long after, TimeProvider clock, TimeSpan? heartbeat) =>
        new(this, _store, Id, after, clock, heartbeat);

    /// <summary>Returns what completes when there is room for more lines. Called under the lock.</summary>
    public Task Room() => (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Adds a writer with new changes to the next commit. Called under the lock.</summary>
    public void LineUp(AppendLog writer) => _pending.Add(writer);

    /// <summary>Starts to store and publish what was appended.</summary>
    public void Flush()
    {
        LogReader[] waiting;
        lock (Gate)
        {
            if (_committing || Fault is not null || _pending.Count == 0)
                return;
            _committing = _store is not null;
            waiting = _committing ? [] : PublishInMemory();
        }
        if (_store is null)
            Wake(waiting);
        else
            _ = CommitAsync(_store);
    }

    /// <summary>Marks the log as complete. Readers end when they have read everything.</summary>
    public void Complete()
    {
        Flush();
        LogReader[] waiting;
        lock (Gate)
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
        lock (Gate)
        {
            batch = default;
            if (after >= _published)
            {
                if (Fault is not null)
                    return LogState.Faulted;
                if (_completed && !_committing && _pending.Count == 0)
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
        lock (Gate)
            _waiting.Remove(reader);
    }

    private void MakeRoom()
    {
        _room?.SetResult();
        _room = null;
    }

    private async Task CommitAsync(IStore store)
    {
        LogCommit? commit = null;
        try
        {
            while ((commit = TakePending()) is not null)
                await StoreAsync(store, commit);
        }
        catch (Exception exception)
        {
            Fail(exception, commit);
        }
    }

    /// <summary>
    /// Stores and publishes the commit. When the store refuses the rows of a shared log, the pieces are stored one by one, and only the
    /// writers whose own piece is refused fail. No reader has seen anything of the commit by then, so its lines may get other numbers.
    /// </summary>
    private async Task StoreAsync(IStore store, LogCommit commit)
    {
        try
        {
            await commit.StoreAsync(store);
        }
        catch (Exception refusal) when (IsShared && refusal is StaleWriteException or MissingParentException or DuplicateKeyException)
        {
            if (commit.Pieces is [var refused])
                Refuse(refused.Writer, refusal);
            else
                await StoreEachAsync(store, commit.Pieces);
            return;
        }

        LogReader[] waiting;
        lock (Gate)
        {
            waiting = Publish(commit.Lines);
            foreach (var piece in commit.Pieces)
                piece.Writer.Stored(piece.Changes);
        }
        Wake(waiting);
    }

    private async Task StoreEachAsync(IStore store, IReadOnlyList<LogPiece> pieces)
    {
        foreach (var piece in pieces)
            await StoreAsync(store, new LogCommit(Id, [piece], Published, Now()));
    }

    /// <summary>Takes what has to be stored next. When there is nothing, it returns null, and no commit is in flight any more.</summary>
    private LogCommit? TakePending()
    {
        LogReader[] waiting = [];
        lock (Gate)
        {
            if (_pending.Count > 0)
            {
                MakeRoom();
                var pieces = _pending.ConvertAll(static writer => writer.Take());
                _pending.Clear();
                return new LogCommit(Id, pieces, _published, Now());
            }
            _committing = false;
            if (_completed)
                waiting = TakeWaiting();
        }
        Wake(waiting);
        return null;
    }

    /// <summary>Ends one writer of a shared log, and drops what it has appended.</summary>
    private void Refuse(AppendLog writer, Exception refusal)
    {
        TaskCompletionSource[] flushes;
        lock (Gate)
        {
            flushes = writer.Refuse(refusal);
            _pending.Remove(writer);
            MakeRoom();
        }
        writer.Fail(flushes, refusal);
    }

    /// <summary>
    /// Ends the log after a failure of the store. <see cref="Faulted"/> is raised before waiting flushes fail, so that everything
    /// that depends on this log knows of the failure before the callers of the flushes do.
    /// </summary>
    private void Fail(Exception exception, LogCommit? commit)
    {
        LogReader[] waiting;
        List<TaskCompletionSource> flushes;
        lock (Gate)
        {
            Fault = exception;
            _committing = false;
            flushes = [.. _pending.Concat(commit?.Pieces.Select(piece => piece.Writer) ?? []).SelectMany(writer => writer.TakeFlushes())];
            _pending.Clear();
            MakeRoom();
            waiting = TakeWaiting();
        }
        try
        {
            Faulted?.Invoke();
        }
        finally
        {
            flushes.ForEach(done => done.TrySetException(exception));
            Wake(waiting);
        }
    }

    private LogReader[] PublishInMemory()
    {
        var piece = _pending[0].Take();
        _pending.Clear();
        piece.Writer.Stored(piece.Changes);
        return Publish(piece.Lines);
    }

    /// <returns>The readers to wake.</returns>
    private LogReader[] Publish(LogBatch lines)
    {
        // Lines that another process stored in between are read from the store.
        if (lines.First > _published + 1)
            _window.Clear();
        _published = lines.Last;
        _window.Add(lines);
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

    private long Now() => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Wakes the readers. A single reader continues on this thread, which saves a hop through the thread pool.</summary>
    private static void Wake(LogReader[] waiting)
    {
        foreach (var reader in waiting)
            reader.Wake(LogWake.Changed, inline: waiting.Length == 1);
    }
}
