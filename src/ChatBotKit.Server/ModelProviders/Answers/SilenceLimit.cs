namespace ChatBotKit.Server.ModelProviders.Answers;

/// <summary>
/// Limits the wait for a provider that sends nothing. The <see cref="Token"/> is cancelled when the caller cancels, or when a
/// started wait takes longer than <see cref="Duration"/>; <see cref="IsExceeded"/> distinguishes the two.
/// </summary>
internal sealed class SilenceLimit : IDisposable
{
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;

    public SilenceLimit(TimeSpan duration, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        Duration = duration;
        _caller = cancellationToken;
        _source = new CancellationTokenSource(Timeout.InfiniteTimeSpan, timeProvider);
        // One source for both ends. A linked one would need a second source and two registrations for each call of a model.
        _registration = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    public TimeSpan Duration { get; set; }

    public CancellationToken Token => _source.Token;

    public bool IsExceeded => _source.IsCancellationRequested && !_caller.IsCancellationRequested;

    public void Start() => _source.CancelAfter(Duration);

    public void Stop() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
