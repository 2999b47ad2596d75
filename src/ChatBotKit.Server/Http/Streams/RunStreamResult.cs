using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.Http;

/// <summary>Responds with a run: its events as JSON Lines or server-sent events while they happen, or its result as plain JSON.</summary>
/// <param name="reader">The reader of the log. It is disposed with the response.</param>
/// <param name="format">The requested format.</param>
/// <param name="runId">The id with which the stream can be resumed; null for a run that can't be resumed.</param>
internal sealed class RunStreamResult(LogReader reader, ResponseFormat format, string? runId) : IResult
{
    /// <summary>The interval without events after which a connection gets a heartbeat.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>The filter of what the caller may see; null for everything.</summary>
    public EndUserView? View { get; init; }

    private LogBatch Current => View?.Of(reader.Current) ?? reader.Current;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var reading = reader;
        if (runId is not null)
            httpContext.Response.Headers[ApiHeaders.RunId] = runId;
        using var ending = new StreamEnd(httpContext, reader.Stop);
        if (ending.Reason is { } over)
            throw over;
        if (format == ResponseFormat.Json)
            await WriteResultAsync(httpContext, ending);
        else
            await StreamAsync(httpContext, ending);
    }

    private async Task StreamAsync(HttpContext context, StreamEnd ending)
    {
        var left = context.RequestAborted;
        StreamHeaders.Apply(context.Response, format);
        var body = context.Response.BodyWriter;
        // The headers are sent at once, so that a client that waits for a slow model knows that the request was accepted.
        await body.FlushAsync(left);
        while (true)
        {
            switch (await reader.ReadAsync(left))
            {
                case LogRead.Lines:
                    WriteLines(body);
                    break;
                case LogRead.Heartbeat:
                    StreamFrames.WritePing(body, format);
                    break;
                case LogRead.Stopped:
                    StreamFrames.WriteError(body, format, ending.Reason!);
                    await body.FlushAsync(left);
                    return;
                // An empty log belongs to a run whose first commit failed before this reader began.
                case LogRead.Fault:
                case LogRead.End when reader.Position == 0:
                    StreamFrames.WriteFault(body, format);
                    await body.FlushAsync(left);
                    return;
                default:
                    return;
            }
            if ((await body.FlushAsync(left)).IsCompleted)
                return;
        }
    }

    private void WriteLines(PipeWriter body)
    {
        do
            StreamFrames.WriteLines(body, format, Current, numbered: runId is not null);
        while (body.UnflushedBytes < 64 * 1024 && reader.TryRead());
    }

    /// <summary>Waits for the end of the run and writes the result. A failed run becomes an error response with its own status.</summary>
    private async Task WriteResultAsync(HttpContext context, StreamEnd ending)
    {
        ReadOnlyMemory<byte>? error = null;
        while (true)
        {
            switch (await reader.ReadAsync(context.RequestAborted))
            {
                case LogRead.Lines:
                    foreach (var line in LogLines.Split(Current.Lines))
                    {
                        if (LogLines.TypeOf(line.Span).SequenceEqual("error"u8))
                            error = line;
                        else if (error is null && LogLines.TypeOf(line.Span).SequenceEqual("result"u8))
                            await WriteDataAsync(context, line);
                    }
                    break;
                case LogRead.Heartbeat:
                    break;
                case LogRead.Fault:
                    throw NotStored();
                case LogRead.Stopped when !context.Response.HasStarted:
                    throw ending.Reason!;
                case LogRead.Stopped:
                    return;
                default:
                    if (error is { } failed)
                        throw ToException(failed);
                    // A failure before this reader began is not in the log.
                    if (!context.Response.HasStarted)
                        throw NotStored();
                    return;
            }
        }
    }

    private static ApiException NotStored() =>
        ApiException.ServiceUnavailable("The answer could not be stored; try again later");

    private static async Task WriteDataAsync(HttpContext context, ReadOnlyMemory<byte> line)
    {
        context.Response.ContentType = "application/json";
        var data = LogLines.DataOf(line);
        context.Response.ContentLength = data.Length;
        await context.Response.Body.WriteAsync(data, context.RequestAborted);
    }

    private static ApiException ToException(ReadOnlyMemory<byte> line)
    {
        using var document = JsonDocument.Parse(line, JsonRules.Stored);
        return RunFault.Read(document.RootElement.GetProperty("data"));
    }
}

/// <summary>Writes the lines of a log in the format of a stream.</summary>
internal static class StreamFrames
{
    /// <param name="body">The response body.</param>
    /// <param name="format">The format.</param>
    /// <param name="batch">The lines.</param>
    /// <param name="numbered">Whether server-sent events get the number with which a client can resume.</param>
    public static void WriteLines(IBufferWriter<byte> body, ResponseFormat format, LogBatch batch, bool numbered)
    {
        if (format == ResponseFormat.JsonLines)
        {
            body.Write(batch.Lines.Span);
            return;
        }
        var number = batch.First;
        foreach (var line in LogLines.Split(batch.Lines))
            WriteEvent(body, LogLines.TypeOf(line.Span), LogLines.DataOf(line).Span, numbered ? number++ : null);
    }

    /// <summary>Writes one server-sent event. A browser returns the number in <c>Last-Event-ID</c>.</summary>
    public static void WriteEvent(IBufferWriter<byte> body, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data, long? number)
    {
        if (number is { } id)
        {
            body.Write("id: "u8);
            WriteNumber(body, id);
            body.Write("\n"u8);
        }
        body.Write("event: "u8);
        body.Write(type);
        body.Write("\ndata: "u8);
        body.Write(data);
        body.Write("\n\n"u8);
    }

    public static void WriteNumber(IBufferWriter<byte> body, long number)
    {
        var digits = body.GetSpan(20);
        number.TryFormat(digits, out var written, provider: CultureInfo.InvariantCulture);
        body.Advance(written);
    }

    public static void WritePing(IBufferWriter<byte> body, ResponseFormat format) => body.Write(
        format == ResponseFormat.JsonLines ? "{\"type\":\"ping\",\"data\":{}}\n"u8 : "event: ping\ndata: {}\n\n"u8);

    public static void WriteFault(IBufferWriter<byte> body, ResponseFormat format) => WriteError(
        body, format, ApiException.ServiceUnavailable("The answer could not be stored any further; what you have is kept."));

    /// <summary>Writes the last event of a stream that ends early. It has no number, because it is not part of the log.</summary>
    public static void WriteError(IBufferWriter<byte> body, ResponseFormat format, ApiException error)
    {
        body.Write(format == ResponseFormat.JsonLines ? "{\"type\":\"error\",\"data\":"u8 : "event: error\ndata: "u8);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("code"u8, error.Code.Code);
            json.WriteString("message"u8, error.Message);
            json.WriteEndObject();
        }

        body.Write(format == ResponseFormat.JsonLines ? "}\n"u8 : "\n\n"u8);
    }
}
