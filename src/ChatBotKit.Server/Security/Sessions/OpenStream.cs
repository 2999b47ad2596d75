using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Security;

/// <summary>One open answer that ends with the credential that it was asked for with. Dispose it when it is over.</summary>
internal abstract class OpenStream : IDisposable
{
    // Never disposed, so that it can be cancelled while the stream ends by itself; without a timer it holds nothing.
    private readonly CancellationTokenSource _ending = new();
    private ApiException? _reason;

    /// <summary>Is cancelled when the credential is over.</summary>
    public CancellationToken Ended => _ending.Token;

    /// <summary>Why it is over; null while it is good.</summary>
    public ApiException? Reason => Volatile.Read(ref _reason);

    public void End(ApiException reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
            _ending.Cancel();
    }

    public abstract void Dispose();
}
