using System.IO.Pipelines;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Stops the reader of an answer from outside: when the session or API token that asked is over, or when the server stops.
/// </summary>
internal sealed class StreamEnd : IDisposable
{
    private readonly OpenStream? _stream;
    private readonly LogReader _reader;
    private readonly PipeWriter _body;
    private readonly CancellationTokenRegistration _ofCredential;
    private readonly CancellationTokenRegistration _ofServer;

    /// <param name="context">The request.</param>
    /// <param name="reader">What the answer is read from; it gives <see cref="LogRead.Stopped"/> then.</param>
    /// <param name="stopping">Is cancelled when the server stops; none for an answer that has its own way to end then.</param>
    public StreamEnd(HttpContext context, LogReader reader, CancellationToken stopping = default)
    {
        _stream = context.Features.Get<OpenStream>();
        _reader = reader;
        _body = context.Response.BodyWriter;
        _ofCredential = StopWith(_stream?.Ended ?? default);
        _ofServer = StopWith(stopping);
    }

    /// <summary>Why the credential that asked is over; null while it is good.</summary>
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
        _reader.Stop();
        // A client that does not read holds up the flush, and to cancel that by a token would cut the connection at once.
        _body.CancelPendingFlush();
    }
}
