namespace ChatBotKit.Server.ModelProviders.Answers;

/// <summary>
/// Limits the wait for a provider that sends nothing. The <see cref="Token"/> is cancelled when the caller cancels, or when a
/// started wait takes longer than <see cref="Duration"/>; <see cref="IsExceeded"/> distinguishes the two.
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
