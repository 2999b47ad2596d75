using System.Runtime.InteropServices;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>
/// The only writer of the database. It takes all waiting operations, runs them in one transaction and completes them after the
/// commit, so that many writes share one flush of the disk.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int MaxQueued = 4096;
    private const int MaxGroupOperations = 512;
    private const int MaxGroupBytes = 4 * 1024 * 1024;

    private readonly SqliteConnections _connections;
    private readonly StoreHealth _health;
    private readonly bool _keepsEvents;
    private readonly Channel<WriteOperation> _queue;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly Action _setWake;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SqliteWriterSession? _session;
    private SqliteWriterSession? _failedSession;
    private volatile StoreUnavailableException? _refusal;
    private long _transactions;

    public SqliteWriter(SqliteConnections connections, StoreHealth health, bool keepsEvents)
    {
        _keepsEvents = keepsEvents;
        _connections = connections;
        _health = health;
        _session = new SqliteWriterSession(connections, keepsEvents);
        _setWake = () => _wake.Set();
        // The thread that enqueues an operation wakes the writer directly; the default would first queue a work item to the thread
        // pool.
        _queue = Channel.CreateBounded<WriteOperation>(
            new BoundedChannelOptions(MaxQueued) { SingleReader = true, AllowSynchronousContinuations = true });
        new Thread(Run) { IsBackground = true, Name = "SQLite writer" }.Start();
    }

    /// <summary>The number of commits since the start. It shows how well writes are grouped.</summary>
    public long Transactions => Interlocked.Read(ref _transactions);

    /// <summary>Queues the operation; waits while the queue is full.</summary>
    public async ValueTask EnqueueAsync(WriteOperation operation, CancellationToken cancellationToken)
    {
        try
        {
            var queued = _queue.Writer.WriteAsync(operation, cancellationToken);
            if (queued.IsCompletedSuccessfully)
                return;
            await queued;
            // The writer's own thread has completed this wait when it made room. It must not run the caller's continuation.
            await Task.Yield();
        }
        catch (ChannelClosedException exception)
        {
            throw new StoreUnavailableException("The store is closed.", exception);
        }
    }

    /// <summary>Refuses operations from now on. When the task completes, everything that was not refused is stored.</summary>
    public async Task RefuseAsync(StoreUnavailableException refusal)
    {
        var refusing = new RefusingOperation(() => _refusal = refusal);
        await EnqueueAsync(refusing, CancellationToken.None);
        await refusing.Task;
    }

    /// <summary>Ends <see cref="RefuseAsync"/>.</summary>
    public void Accept() => _refusal = null;

    /// <summary>Accepts no more operations and waits until the queued ones are done.</summary>
    public Task DrainAsync()
    {
        _queue.Writer.TryComplete();
        return _ended.Task;
    }

    /// <summary>Closes the connection. Call this only after <see cref="DrainAsync"/>.</summary>
    public void Dispose()
    {
        _session?.Dispose();
        _failedSession?.Dispose();
        _wake.Dispose();
    }

    private void Run()
    {
        var group = new List<WriteOperation>(MaxGroupOperations);
        while (WaitForWork())
        {
            TakeGroup(group);
            RunGroup(CollectionsMarshal.AsSpan(group));
            group.Clear();
        }

        _ended.SetResult();
    }

    // The writer has a thread of its own, so that a slow flush of the disk blocks no thread of the pool.
    private bool WaitForWork()
    {
        var work = _queue.Reader.WaitToReadAsync().AsTask();
        if (!work.IsCompleted)
        {
            // Blocking on the task itself would spin first, and take the processor from the threads that bring work.
            work.GetAwaiter().UnsafeOnCompleted(_setWake);
            _wake.WaitOne();
        }

        return work.GetAwaiter().GetResult();
    }

    private void TakeGroup(List<WriteOperation> group)
    {
        var size = 0;
        while (group.Count < MaxGroupOperations && size < MaxGroupBytes && _queue.Reader.TryRead(out var operation))
        {
            group.Add(operation);
            size += operation.Size;
        }
    }

    private void RunGroup(ReadOnlySpan<WriteOperation> group)
    {
        var failure = _refusal ?? TryCommit(group);
        if (failure is null)
            return;
        if (group.Length == 1 || failure is StoreUnavailableException)
        {
            foreach (var operation in group)
                operation.Fail(failure);
            return;
        }

        // One operation has failed the group. Run one by one, only that operation fails.
        for (var index = 0; index < group.Length; index++)
            RunGroup(group.Slice(index, 1));
    }

    private Exception? TryCommit(ReadOnlySpan<WriteOperation> group)
    {
        try
        {
            var session = _session ??= Reopen();
            session.Begin();
            foreach (var operation in group)
                operation.Execute(session);
            session.Commit();
        }
        catch (Exception exception)
        {
            var failure = SqliteErrors.Translate(exception);
            _health.WriteFailed(failure);
            Rollback(reopen: failure is StoreUnavailableException { IsFileGone: false });
            return failure;
        }

        _health.Wrote();
        Interlocked.Increment(ref _transactions);
        foreach (var operation in group)
            operation.Complete();
        return null;
    }

    private void Rollback(bool reopen)
    {
        try
        {
            _session?.Rollback();
            if (!reopen)
                return;
        }
        catch (Exception exception) when (exception is SqliteException or InvalidOperationException)
        {
            // SQLite may already have rolled back.
        }

        // After a failure of the file, the connection's cached state is not reliable.
        (_failedSession, _session) = (_session ?? _failedSession, null);
    }

    // The failed connection is closed only after the new one is open. If no connection were open for a moment, SQLite would recover
    // the write-ahead log and accept a commit whose flush had failed.
    private SqliteWriterSession Reopen()
    {
        var session = new SqliteWriterSession(_connections, _keepsEvents);
        _failedSession?.Dispose();
        _failedSession = null;
        return session;
    }
}
