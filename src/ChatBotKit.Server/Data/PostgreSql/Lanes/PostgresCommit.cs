namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>A set of writes that waits for its lane. It is completed or fails once.</summary>
internal sealed class PostgresCommit(WriteSet writes)
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WriteSet Writes => writes;

    public Task Task => _completion.Task;

    /// <summary>About how many bytes are written, to bound a group.</summary>
    public int Size { get; } = writes.MeasureBytes();

    public void Complete() => _completion.TrySetResult();

    public void Fail(Exception exception) => _completion.TrySetException(exception);
}
