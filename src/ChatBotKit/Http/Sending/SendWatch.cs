namespace ChatBotKit;

/// <summary>
/// Cancels a try when the caller does, or when the server has neither taken a byte nor begun its answer for too long. A body
/// that moves is never too late, however long it takes.
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

    /// <summary>Gets the token with which to send.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Gets whether the server was silent for too long.</summary>
    public bool HasEnded => _silence.IsCancellationRequested;

    /// <summary>Counts anew: from now on it is the server's turn.</summary>
    public void Start() => _silence.CancelAfter(Limit);

    /// <summary>Stops counting: it is the turn of the caller's own stream.</summary>
    public void Pause() => _silence.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _either.Dispose();
        _silence.Dispose();
    }
}
