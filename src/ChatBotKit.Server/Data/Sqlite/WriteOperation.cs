using ChatBotKit.Server.Changes;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>
/// An operation that waits for the writer. It may be executed several times, each time after a rollback of the previous one. It
/// completes or fails once.
/// </summary>
internal abstract class WriteOperation
{
    /// <summary>The approximate number of bytes that it writes; it limits the size of a group.</summary>
    public virtual int Size => 0;

    public abstract void Execute(SqliteWriterSession session);

    public abstract void Complete();

    public abstract void Fail(Exception exception);
}

internal sealed class CommitOperation(WriteSet writes) : WriteOperation
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Task => _completion.Task;

    public override int Size { get; } = writes.MeasureBytes();

    public override void Execute(SqliteWriterSession session) => session.Statements.Execute(writes);

    public override void Complete() => _completion.SetResult();

    public override void Fail(Exception exception) => _completion.SetException(exception);
}

/// <summary>Writes nothing. It is completed by the writer's thread after all operations before it, and before all others.</summary>
internal sealed class RefusingOperation(Action refuse) : WriteOperation
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Task => _completion.Task;

    public override void Execute(SqliteWriterSession session)
    {
    }

    public override void Complete()
    {
        refuse();
        _completion.SetResult();
    }

    public override void Fail(Exception exception) => _completion.SetException(exception);
}

/// <summary>Any other work in the writer's transaction. If the caller cancels before the work begins, nothing is written.</summary>
internal sealed class WorkOperation<T>(Func<SqliteWriterSession, T> work, CancellationToken cancellationToken) : WriteOperation
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Task => _completion.Task;

    /// <summary>The changes that the work announced; null for none.</summary>
    public List<Change>? Announced { get; private set; }

    public override void Execute(SqliteWriterSession session)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _result = work(session);
        Announced = session.TakeAnnounced();
    }

    public override void Complete() => _completion.SetResult(_result);

    public override void Fail(Exception exception)
    {
        if (exception is OperationCanceledException canceled)
            _completion.SetCanceled(canceled.CancellationToken);
        else
            _completion.SetException(exception);
    }
}
