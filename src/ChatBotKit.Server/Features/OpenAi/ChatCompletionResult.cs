using System.Buffers;
using System.IO.Pipelines;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.Features.OpenAi;

/// <summary>
/// Responds with the completion of a run, whole or in chunks. A stream begins with the first token, so that a run that fails before it
/// gets an error response with a status of its own, from which clients make their exceptions.
/// </summary>
/// <param name="reader">The reader of the log. It is disposed with the response.</param>
/// <param name="envelope">Writes the completion.</param>
/// <param name="isStreamed">Whether the response consists of chunks.</param>
internal sealed class ChatCompletionResult(LogReader reader, ChatEnvelope envelope, bool isStreamed) : IResult
{
    /// <summary>How many bytes are written before they are sent.</summary>
    private const int MostUnsent = 64 * 1024;

    private readonly ChatOutcome _outcome = new();

    // Whether the chunk that is being written has text, and whether an earlier answer of the model was sent.
    private bool _isInText;
    private bool _hasText;
    private bool _isNextAnswer;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var reading = reader;
        using var ending = new StreamEnd(httpContext, reader.Stop);
        if (ending.Reason is { } over)
            throw over;
        var (response, left) = (httpContext.Response, httpContext.RequestAborted);
        while (!_outcome.IsComplete)
        {
            switch (await reader.ReadAsync(left))
            {
                case LogRead.Lines:
                    WriteLines(response);
                    break;
                case LogRead.Heartbeat when isStreamed:
                    Begin(response);
                    response.BodyWriter.Write(": ping\n\n"u8);
                    break;
                case LogRead.Heartbeat:
                    break;
                case LogRead.Stopped:
                    await FailAsync(response, ending.Reason!, left);
                    return;
                default:
                    await FailAsync(response, _outcome.Failure ?? ApiException.ServiceUnavailable("The answer could not be completed; try again later"), left);
                    return;
            }

            if (response.ContentType is not null && (await response.BodyWriter.FlushAsync(left)).IsCompleted)
                return;
        }

        if (_outcome.Failure is { } failure)
            await FailAsync(response, failure, left);
        else
            await EndAsync(response, left);
    }

    private void WriteLines(HttpResponse response)
    {
        do
        {
            for (var lines = reader.Current.Lines; !lines.IsEmpty;)
            {
                var end = lines.Span.IndexOf((byte)'\n');
                WriteLine(response, lines[..end]);
                lines = lines[(end + 1)..];
            }
        }
        while ((!isStreamed || response.BodyWriter.UnflushedBytes < MostUnsent) && reader.TryRead());

        // Tokens that are sent together share a chunk.
        EndText(response.BodyWriter);
    }

    private void WriteLine(HttpResponse response, ReadOnlyMemory<byte> line)
    {
        if (!LogLines.TryGetToken(line.Span, out var text))
            _isNextAnswer |= _outcome.Take(line) && _hasText;
        else if (!isStreamed)
            _outcome.AddText(text);
        else
            WriteText(response, text);
    }

    private void WriteText(HttpResponse response, ReadOnlySpan<byte> text)
    {
        var body = response.BodyWriter;
        if (!_isInText)
        {
            Begin(response);
            envelope.BeginText(body);
        }

        if (_isNextAnswer)
            body.Write("\\n\\n"u8);
        body.Write(text);
        (_isInText, _hasText, _isNextAnswer) = (true, true, false);
    }

    private void EndText(PipeWriter body)
    {
        if (_isInText)
            envelope.EndText(body);
        _isInText = false;
    }

    /// <summary>Begins a stream, if it has not begun.</summary>
    private void Begin(HttpResponse response)
    {
        if (response.ContentType is not null)
            return;
        StreamHeaders.Apply(response, ResponseFormat.ServerSentEvents);
        envelope.WriteRole(response.BodyWriter);
    }

    private async Task EndAsync(HttpResponse response, CancellationToken left)
    {
        if (isStreamed)
        {
            Begin(response);
            if (_outcome.Calls.Count > 0)
                envelope.WriteCalls(response.BodyWriter, _outcome.Calls);
            envelope.WriteEnd(response.BodyWriter, _outcome);
            await response.BodyWriter.FlushAsync(left);
            return;
        }

        var whole = new ArrayBufferWriter<byte>();
        envelope.WriteWhole(whole, _outcome);
        response.ContentType = "application/json";
        response.ContentLength = whole.WrittenCount;
        await response.Body.WriteAsync(whole.WrittenMemory, left);
    }

    /// <summary>Ends the response with an error: as an error response when nothing was sent yet, else in the stream.</summary>
    private static async Task FailAsync(HttpResponse response, ApiException failure, CancellationToken left)
    {
        if (response.ContentType is null)
            throw failure;
        ChatEnvelope.WriteError(response.BodyWriter, ApiError.From(failure));
        await response.BodyWriter.FlushAsync(left);
    }
}
