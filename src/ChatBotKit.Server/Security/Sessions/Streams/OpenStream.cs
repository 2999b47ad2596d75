using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Security;

/// <summary>An open stream that ends with the credential of its request. Dispose it when it is complete.</summary>
internal abstract class OpenStream : IDisposable
{
    // Never disposed, because it may be cancelled while the stream completes. Without a timer it holds no resources.
    private readonly CancellationTokenSource _ending = new();
    private ApiException? _reason;

    /// <summary>Cancelled when the credential has ended.</summary>
    public CancellationToken Ended => _ending.Token;

    /// <summary>The reason why the stream ends early; null while the credential is valid.</summary>
    public ApiException? Reason => Volatile.Read(ref _reason);

    public void End(ApiException reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
            _ending.Cancel();
    }

    public abstract void Dispose();
}
