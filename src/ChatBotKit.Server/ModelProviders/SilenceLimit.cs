namespace ChatBotKit.Server.ModelProviders;

/// <summary>
/// Ends a wait for a provider that says nothing. Its <see cref="Token"/> fires when the caller cancels or when a
/// started wait lasts longer than <see cref="Duration"/>; <see cref="IsExceeded"/> tells the two apart.
/// </summary>
internal sealed class SilenceLimit : IDisposable
{
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _silence;
    private readonly CancellationTokenSource _either;

    public SilenceLimit(TimeSpan duration, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        Duration = duration;
        _caller = cancellationToken;
        _silence = new CancellationTokenSource(Timeout.InfiniteTimeSpan, timeProvider);
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _silence.Token);
    }

    public TimeSpan Duration { get; set; }

    public CancellationToken Token => _either.Token;

    public bool IsExceeded => _silence.IsCancellationRequested && !_caller.IsCancellationRequested;

    public void Start() => _silence.CancelAfter(Duration);

    public void Stop() => _silence.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _either.Dispose();
        _silence.Dispose();
    }
}
