using System.Runtime.InteropServices;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>
/// The one writer of the database. It takes all that waits, runs it in one transaction and completes it after the commit,
/// so that many waiting writes share one flush of the disk.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int MaxQueued = 4096;
    private const int MaxGroupOperations = 512;
    private const int MaxGroupBytes = 4 * 1024 * 1024;

    private readonly SqliteConnections _connections;
    private readonly SqliteHealth _health;
    private readonly Channel<WriteOperation> _queue;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly Action _setWake;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SqliteWriterSession? _session;
    private SqliteWriterSession? _failedSession;
    private long _transactions;

    public SqliteWriter(SqliteConnections connections, SqliteHealth health)
    {
        _connections = connections;
        _health = health;
        _session = new SqliteWriterSession(connections);
        _setWake = () => _wake.Set();
        // Whoever brings work wakes the writer itself: a thread of the pool between them would only be one more to wait for.
        _queue = Channel.CreateBounded<WriteOperation>(
            new BoundedChannelOptions(MaxQueued) { SingleReader = true, AllowSynchronousContinuations = true });
        new Thread(Run) { IsBackground = true, Name = "SQLite writer" }.Start();
    }

    /// <summary>Commits since the start, for measuring how well writes are grouped.</summary>
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
            // The writer made room in its own thread, which has better to do than to go on here.
            await Task.Yield();
        }
        catch (ChannelClosedException exception)
        {
            throw new StoreUnavailableException("The store is closed.", exception);
        }
    }

    /// <summary>Takes no more operations and waits until those in the queue are done.</summary>
    public Task DrainAsync()
    {
        _queue.Writer.TryComplete();
        return _ended.Task;
    }

    /// <summary>Closes the connection; only after <see cref="DrainAsync"/>.</summary>
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

    // The thread is the writer's own: a flush of the disk that takes long holds up no one on the thread pool.
    private bool WaitForWork()
    {
        var work = _queue.Reader.WaitToReadAsync().AsTask();
        if (!work.IsCompleted)
        {
            // Waiting for the task itself would spin first, and take the processor from those who are to bring the work.
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
        var failure = TryCommit(group);
        if (failure is null)
            return;
        if (group.Length == 1 || failure is StoreUnavailableException)
        {
            foreach (var operation in group)
                operation.Fail(failure);
            return;
        }

        // One of them is to blame: alone, only that one fails.
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
            // SQLite may have rolled back by itself.
        }

        // What the connection still believes about a file that failed is not to be trusted.
        (_failedSession, _session) = (_session ?? _failedSession, null);
    }

    // The old connection is closed after the new one is open. Were there a moment without any, SQLite would read the
    // write-ahead log anew and take a commit for good whose flush has failed.
    private SqliteWriterSession Reopen()
    {
        var session = new SqliteWriterSession(_connections);
        _failedSession?.Dispose();
        _failedSession = null;
        return session;
    }
}
