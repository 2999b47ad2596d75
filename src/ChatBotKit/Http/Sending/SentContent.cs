using System.Net;

namespace ChatBotKit;

/// <summary>
/// A request body that resets the timeout for every piece that the server accepts, and that keeps failures of the
/// connection apart from failures of the caller's own stream.
/// </summary>
internal sealed class SentContent : HttpContent
{
    private const string LengthHeader = "Content-Length";

    private readonly HttpContent _content;
    private readonly SendWatch _watch;

    public SentContent(HttpContent content, SendWatch watch)
    {
        _content = content;
        _watch = watch;
        foreach (var (name, values) in content.Headers.NonValidated)
        {
            // The length is computed when it is requested.
            if (!name.Equals(LengthHeader, StringComparison.OrdinalIgnoreCase))
                Headers.TryAddWithoutValidation(name, values);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var sent = new SentStream(stream, _watch, _content.Headers.ContentLength);
        _watch.Pause();
        try
        {
            await _content.CopyToAsync(sent, context, cancellationToken).ConfigureAwait(false);
            sent.RequireWhole();
        }
        catch (Exception exception) when (!sent.HasFailed && !cancellationToken.IsCancellationRequested && !_watch.HasEnded)
        {
            throw new CallerContentException(Unwrap(exception));
        }

        _watch.Start();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _content.Headers.ContentLength ?? 0;
        return _content.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _content.Dispose();
        base.Dispose(disposing);
    }

    // The framework wraps failures of the copied stream in its own exception.
    private static Exception Unwrap(Exception exception) =>
        exception is HttpRequestException { InnerException: { } inner and (IOException or ObjectDisposedException) } ? inner : exception;
}

/// <summary>A failure of the caller's own stream or content. It reaches the caller unchanged.</summary>
internal sealed class CallerContentException(Exception inner) : Exception(inner.Message, inner);
