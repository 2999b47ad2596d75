namespace ChatBotKit;

/// <summary>Joins the token of a call with that of its await or enumeration, at no cost when only one can be cancelled.</summary>
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
