using System.IO.Pipelines;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Log;

/// <summary>
/// What ends an answer from outside: the caller leaves, its session is over, or the server stops. For an owner's request
/// this is the request's own token and costs nothing.
/// </summary>
internal sealed class StreamEnd : IDisposable
{
    private readonly SessionStream? _session;
    private readonly CancellationTokenSource? _linked;
    private readonly CancellationTokenRegistration _flush;

    private StreamEnd(HttpContext context, SessionStream? session, CancellationToken stopping)
    {
        _session = session;
        Token = context.RequestAborted;
        if (session is null && !stopping.CanBeCanceled)
            return;
        _linked = CancellationTokenSource.CreateLinkedTokenSource(Token, session?.Ended ?? default, stopping);
        Token = _linked.Token;
        // A client that does not read holds up the flush, and to cancel that by a token would cut the connection at once.
        _flush = Token.UnsafeRegister(static body => ((PipeWriter)body!).CancelPendingFlush(), context.Response.BodyWriter);
    }

    /// <summary>To be waited with for what comes next; not to be written with.</summary>
    public CancellationToken Token { get; }

    /// <summary>Why the session that asked is over; null while it is good.</summary>
    public ApiException? Reason => _session?.Reason;

    /// <summary>Stops the reader when the session is over, until what is returned is disposed.</summary>
    public CancellationTokenRegistration StopsWithSession(LogReader reader) =>
        _session?.Ended.UnsafeRegister(static state => ((LogReader)state!).Stop(), reader) ?? default;

    public static StreamEnd Of(HttpContext context, CancellationToken stopping = default) =>
        new(context, context.Features.Get<SessionStream>(), stopping);

    public void Dispose()
    {
        _flush.Dispose();
        _linked?.Dispose();
    }
}
