namespace ChatBotKit;

/// <summary>
/// Cancels a try when the caller cancels, or when the server has neither accepted a byte nor started its answer for too
/// long. A body that makes progress does not time out, however long it takes.
/// </summary>
internal sealed class SendWatch : IDisposable
{
    private readonly CancellationTokenSource _silence;
    private readonly CancellationTokenSource _either;

    public SendWatch(TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        Limit = limit;
        _silence = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _silence.Token);
    }

    public TimeSpan Limit { get; }

    /// <summary>Gets the token to send with. It is canceled by the caller and by the timeout.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Gets whether the timeout has elapsed.</summary>
    public bool HasEnded => _silence.IsCancellationRequested;

    /// <summary>Restarts the timeout, because the client now waits for the server.</summary>
    public void Start() => _silence.CancelAfter(Limit);

    /// <summary>Stops the timeout, because the client now waits for the caller's own stream.</summary>
    public void Pause() => _silence.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _either.Dispose();
        _silence.Dispose();
    }
}
