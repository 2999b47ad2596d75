using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Answers with what a run says: as JSON Lines or server-sent events while it says it, or, as plain JSON, with its result.
/// </summary>
/// <param name="reader">The place in the log from which to answer; disposed with the answer.</param>
/// <param name="format">What the caller asked for.</param>
/// <param name="runId">The id under which the answer can be taken up again; null for a run that can't be.</param>
internal sealed class RunStreamResult(LogReader reader, ResponseFormat format, string? runId) : IResult
{
    /// <summary>After how long without an event a connection gets a sign of life.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>What the caller may see of it; null for everything.</summary>
    public EndUserView? View { get; init; }

    private LogBatch Current => View?.Of(reader.Current) ?? reader.Current;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var reading = reader;
        if (runId is not null)
            httpContext.Response.Headers[ApiHeaders.RunId] = runId;
        using var ending = new StreamEnd(httpContext, reader);
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
        // The headers go at once: whoever waits for a slow model sees that the request was taken.
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
                // A log without a line is that of a run whose first commit failed, before this reader came.
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

    /// <summary>Waits for the end. A run that failed answers with the failure's own status.</summary>
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
                    // What failed before this reader came is not in the log.
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
        var data = document.RootElement.GetProperty("data");
        var wait = data.TryGetProperty("retryAfter", out var seconds) ? TimeSpan.FromSeconds(seconds.GetInt64()) : (TimeSpan?)null;
        return new ApiException(ErrorCode.OfCode(data.GetProperty("code").GetString()!), data.GetProperty("message").GetString()!, wait);
    }
}

/// <summary>Writes log lines in the framing of a stream.</summary>
internal static class StreamFrames
{
    /// <param name="body">Where to.</param>
    /// <param name="format">How.</param>
    /// <param name="batch">The lines.</param>
    /// <param name="numbered">Whether a reader can come back with the number of a server-sent event.</param>
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

    /// <summary>One server-sent event. The number is what a browser sends back in <c>Last-Event-ID</c>.</summary>
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

    /// <summary>The last event of a stream that ends before its time. It has no number, so it is not taken for one of the log.</summary>
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
