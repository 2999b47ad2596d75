using System.Text.Json;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.RunLog;

/// <summary>
/// A writer's end of a log, which is a numbered sequence of events. A run appends to it and never sees a client; connections read the log
/// and never see a run.
/// </summary>
/// <remarks>
/// Appending is cheap and never waits. The log of a run has one writer. Each run and each message that writes to a channel has an end of
/// its own: when the store refuses the rows of one, this one fails, and the others go on.
/// </remarks>
internal sealed class AppendLog
{
    private readonly OpenLog _log;
    private readonly LogTail _tail;
    private readonly LogFlushes _flushes = new();
    private Action? _faulted;
    private Exception? _refusal;
    private long _storedChanges;

    /// <summary>Opens a log with a single writer.</summary>
    /// <param name="id">The log's id.</param>
    /// <param name="store">The store of the log; null for a log that exists only in memory.</param>
    /// <param name="last">The number of the last line that is already stored.</param>
    /// <param name="clock">The clock that the events take their time from.</param>
    public AppendLog(string id, IStore? store, long last, TimeProvider clock)
        : this(new OpenLog(id, store, last, clock))
    {
    }

    /// <summary>Adds a writer to a log. Only a log that is shared can have several.</summary>
    public AppendLog(OpenLog log)
    {
        _log = log;
        _tail = new LogTail(isNumbered: log.IsStored, log.IsShared, log.Published, log.Clock);
    }

    /// <summary>
    /// Raised when the store fails, or refuses what this writer appended. Work that writes here can be cancelled then. It is raised twice when
    /// the store fails after a refusal.
    /// </summary>
    public event Action? Faulted
    {
        add
        {
            lock (_log.Gate)
                _faulted += value;
            _log.Faulted += value;
        }

        remove
        {
            lock (_log.Gate)
                _faulted -= value;
            _log.Faulted -= value;
        }
    }

    public string Id => _log.Id;

    /// <summary>The number of the last line that readers may see.</summary>
    public long Published => _log.Published;

    /// <summary>Whether nothing more can be written here.</summary>
    public bool IsFaulted
    {
        get
        {
            lock (_log.Gate)
                return Fault is not null;
        }
    }

    private Exception? Fault => _refusal ?? _log.Fault;

    /// <summary>Creates a reader that starts with the line after <paramref name="after"/>.</summary>
    public LogReader CreateReader(long after, TimeProvider clock, TimeSpan? heartbeat) => _log.CreateReader(after, clock, heartbeat);

    /// <summary>
    /// Waits until the reader of a log in memory has caught up, so that a slow client slows its run down instead of filling the
    /// memory. A stored log waits only for its store, because unread lines are on disk.
    /// </summary>
    /// <exception cref="Exception">The exception of the store; nothing more can be written here.</exception>
    public Task WaitForRoomAsync(CancellationToken cancellationToken)
    {
        Task room;
        lock (_log.Gate)
        {
            if (Fault is { } fault)
                return Task.FromException(fault);
            if ((_log.IsStored ? _tail.Bytes : _log.WindowBytes) <= LogWindow.MaxBytes)
                return Task.CompletedTask;
            room = _log.Room();
        }
        // Pending lines must be on their way, or the wait would never end.
        Flush();
        return room.WaitAsync(cancellationToken);
    }

    /// <summary>Appends a piece of text, as a <c>token</c> or <c>reasoningToken</c> event.</summary>
    public void AppendToken(ReadOnlySpan<byte> type, string text)
    {
        lock (_log.Gate)
        {
            if (Fault is not null)
                return;
            var isFirst = _tail.IsEmpty;
            _tail.AppendToken(type, text);
            Line(isFirst);
        }
    }

    /// <summary>Appends an event. After a failure it is dropped, with its rows.</summary>
    /// <param name="type">The event's type.</param>
    /// <param name="data">Writes the properties of its data; null for none.</param>
    /// <param name="rows">Adds rows that must be stored with the event or before it.</param>
    public void Append(string type, Action<Utf8JsonWriter>? data = null, Action<PendingRows>? rows = null)
    {
        lock (_log.Gate)
        {
            if (Fault is not null)
                return;
            var isFirst = _tail.IsEmpty;
            _tail.Append(type, data, rows);
            Line(isFirst);
        }
    }

    /// <summary>Appends a JSON object unchanged. Its line carries no number.</summary>
    public void AppendObject(ReadOnlySpan<byte> json, Action<PendingRows>? rows)
    {
        lock (_log.Gate)
        {
            if (Fault is not null)
                return;
            var isFirst = _tail.IsEmpty;
            _tail.AppendObject(json, rows);
            Line(isFirst);
        }
    }

    /// <summary>Adds rows that are stored with the next commit, even if no event is appended with them.</summary>
    public void Attach(Action<PendingRows> rows)
    {
        lock (_log.Gate)
        {
            if (Fault is not null)
                return;
            var isFirst = _tail.IsEmpty;
            _tail.Attach(rows);
            Line(isFirst);
        }
    }

    /// <summary>Starts to store and publish what was appended.</summary>
    public void Flush() => _log.Flush();

    /// <summary>Waits until everything that was appended before is stored and published.</summary>
    /// <exception cref="Exception">The exception of the store; nothing more can be written here.</exception>
    public Task FlushAsync()
    {
        Task done;
        lock (_log.Gate)
        {
            if (Fault is { } fault)
                return Task.FromException(fault);
            if (_storedChanges == _tail.Changes)
                return Task.CompletedTask;
            done = _flushes.Add(_tail.Changes);
        }
        Flush();
        return done;
    }

    /// <summary>Marks the log as complete. Readers end when they have read everything.</summary>
    public void Complete() => _log.Complete();

    /// <summary>Takes what is to be stored next. Called under the lock of the log.</summary>
    public LogPiece Take()
    {
        var (lines, events, rows) = _tail.Take();
        return new LogPiece(this, lines, events, rows, _tail.TakenChanges);
    }

    /// <summary>Notes that these changes and all before are stored. Called under the lock of the log.</summary>
    public void Stored(long changes)
    {
        _storedChanges = changes;
        _flushes.Complete(changes);
    }

    /// <summary>Ends this writer, because the store has refused what it appended. Called under the lock of the log; <see cref="Fail"/> follows.</summary>
    /// <returns>The flushes to fail.</returns>
    public TaskCompletionSource[] Refuse(Exception refusal)
    {
        _refusal = refusal;
        return TakeFlushes();
    }

    /// <summary>Raises <see cref="Faulted"/>, and then fails the flushes. Called without the lock.</summary>
    public void Fail(TaskCompletionSource[] flushes, Exception refusal)
    {
        try
        {
            _faulted?.Invoke();
        }
        finally
        {
            foreach (var done in flushes)
                done.TrySetException(refusal);
        }
    }

    /// <summary>Removes and returns the waiting flushes. Called under the lock of the log.</summary>
    public TaskCompletionSource[] TakeFlushes() => _flushes.TakeAll();

    /// <summary>Lines this writer up for the next commit.</summary>
    private void Line(bool isFirst)
    {
        if (isFirst)
            _log.LineUp(this);
    }
}

/// <summary>What one writer adds to a log with one commit.</summary>
/// <param name="Writer">The writer.</param>
/// <param name="Lines">The lines. Those of a shared log have no numbers yet, and the numbers of the batch mean nothing.</param>
/// <param name="Events">Whether each line of a shared log is an event, which carries its number; null for a log that is not shared.</param>
/// <param name="Rows">The rows that are stored with the lines; null for none.</param>
/// <param name="Changes">The number of changes of the writer that are stored once this piece is.</param>
internal readonly record struct LogPiece(AppendLog Writer, LogBatch Lines, IReadOnlyList<bool>? Events, PendingRows? Rows, long Changes);
