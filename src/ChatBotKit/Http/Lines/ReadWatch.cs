namespace ChatBotKit;

/// <summary>Cancels a read when the caller cancels, or when no byte of the answer has arrived for too long.</summary>
internal sealed class ReadWatch : IDisposable
{
    private readonly IdleWatch _idle;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource? _silence;
    private readonly CancellationTokenSource? _either;

    public ReadWatch(IdleWatch idle, CancellationToken cancellationToken)
    {
        _idle = idle;
        _caller = cancellationToken;
        Token = cancellationToken;
        if (idle.IsOff)
            return;

        _silence = new CancellationTokenSource(Timeout.InfiniteTimeSpan, idle.Clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _silence.Token);
        Token = _either.Token;
    }

    /// <summary>Gets the token to read with. It is canceled by the caller and by the timeout.</summary>
    public CancellationToken Token { get; }

    /// <summary>
    /// Waits for a read that was started with <see cref="Token"/>. A timeout and a lost connection become failures of the
    /// call.
    /// </summary>
    public async ValueTask<T> ReadAsync<T>(ValueTask<T> pending, FailureSource source)
    {
        try
        {
            if (pending.IsCompleted)
                return await pending.ConfigureAwait(false);
            _silence?.CancelAfter(_idle.Limit);
            var read = await pending.ConfigureAwait(false);
            _silence?.CancelAfter(Timeout.InfiniteTimeSpan);
            return read;
        }
        catch (OperationCanceledException exception)
        {
            _caller.ThrowIfCancellationRequested();
            throw Failure.OfCutStream("No byte of the answer arrived for too long, so the connection counts as lost.", source, exception);
        }
        catch (Exception exception) when (TransportFailure.Is(exception))
        {
            _caller.ThrowIfCancellationRequested();
            throw TransportFailure.Of(exception, source);
        }
    }

    public void Dispose()
    {
        _either?.Dispose();
        _silence?.Dispose();
    }
}
