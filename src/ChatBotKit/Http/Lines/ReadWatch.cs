namespace ChatBotKit;

/// <summary>Cancels a read when the caller does or when the stream has been silent for too long.</summary>
internal sealed class ReadWatch : IDisposable
{
    private readonly IdleWatch _idle;
    private readonly CancellationTokenSource? _silence;
    private readonly CancellationTokenSource? _either;

    public ReadWatch(IdleWatch idle, CancellationToken cancellationToken)
    {
        _idle = idle;
        Token = cancellationToken;
        if (idle.IsOff)
            return;

        _silence = new CancellationTokenSource(Timeout.InfiniteTimeSpan, idle.Clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _silence.Token);
        Token = _either.Token;
    }

    public CancellationToken Token { get; }

    public void Start() => _silence?.CancelAfter(_idle.Limit);

    public void Stop() => _silence?.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _either?.Dispose();
        _silence?.Dispose();
    }
}
