using System.IO.Pipelines;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Http;

/// <summary>Stops what a response reads when the session or API token of the request ends, or when the server stops.</summary>
internal sealed class StreamEnd : IDisposable
{
    private readonly OpenStream? _stream;
    private readonly Action _stop;
    private readonly PipeWriter _body;
    private readonly CancellationTokenRegistration _ofCredential;
    private readonly CancellationTokenRegistration _ofServer;

    /// <param name="context">The request.</param>
    /// <param name="stop">Stops what the response reads, so that its next read ends.</param>
    /// <param name="stopping">Cancelled when the server stops; none for a response that ends in another way then.</param>
    public StreamEnd(HttpContext context, Action stop, CancellationToken stopping = default)
    {
        _stream = context.Features.Get<OpenStream>();
        _stop = stop;
        _body = context.Response.BodyWriter;
        _ofCredential = StopWith(_stream?.Ended ?? default);
        _ofServer = StopWith(stopping);
    }

    /// <summary>The reason why the credential has ended; null while it is valid.</summary>
    public ApiException? Reason => _stream?.Reason;

    public void Dispose()
    {
        _ofCredential.Dispose();
        _ofServer.Dispose();
    }

    private CancellationTokenRegistration StopWith(CancellationToken end) =>
        end.UnsafeRegister(static state => ((StreamEnd)state!).Stop(), this);

    private void Stop()
    {
        _stop();
        // A client that does not read blocks the flush. Cancelling the flush with a token would abort the connection at once.
        _body.CancelPendingFlush();
    }
}
