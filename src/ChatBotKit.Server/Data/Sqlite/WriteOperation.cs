using ChatBotKit.Server.Changes;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>
/// Something that waits for the writer. It may be executed more than once, each time after a rollback of the time before;
/// it completes or fails once.
/// </summary>
internal abstract class WriteOperation
{
    /// <summary>About how many bytes it writes, to bound a group.</summary>
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

/// <summary>Any other work in the writer's transaction. A caller that gave up before its turn came writes nothing.</summary>
internal sealed class WorkOperation<T>(Func<SqliteWriterSession, T> work, CancellationToken cancellationToken) : WriteOperation
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Task => _completion.Task;

    /// <summary>What the work announced; null for nothing.</summary>
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
