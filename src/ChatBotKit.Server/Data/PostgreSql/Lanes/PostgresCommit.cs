namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>A write set that waits for its lane. It completes or fails once.</summary>
internal sealed class PostgresCommit(WriteSet writes)
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WriteSet Writes => writes;

    public Task Task => _completion.Task;

    /// <summary>The approximate number of bytes that it writes; it limits the size of a group.</summary>
    public int Size { get; } = writes.MeasureBytes();

    public void Complete() => _completion.TrySetResult();

    public void Fail(Exception exception) => _completion.TrySetException(exception);
}
