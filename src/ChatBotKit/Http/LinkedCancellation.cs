namespace ChatBotKit;

/// <summary>
/// Links the token of a call with that of its await or enumeration. When only one of them can be canceled, nothing is
/// allocated.
/// </summary>
internal readonly struct LinkedCancellation : IDisposable
{
    private readonly CancellationTokenSource? _source;

    private LinkedCancellation(CancellationTokenSource? source, CancellationToken token)
    {
        Token = token;
        _source = source;
    }

    public CancellationToken Token { get; }

    public static LinkedCancellation Of(CancellationToken first, CancellationToken second)
    {
        if (!first.CanBeCanceled || first == second)
            return new LinkedCancellation(null, second);
        if (!second.CanBeCanceled)
            return new LinkedCancellation(null, first);
        var source = CancellationTokenSource.CreateLinkedTokenSource(first, second);
        return new LinkedCancellation(source, source.Token);
    }

    public void Dispose() => _source?.Dispose();
}
