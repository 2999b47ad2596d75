using System.Buffers;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Streams the messages of a channel, each as a <c>message</c> event. The stream ends when the subscriber disconnects, its session
/// ends or the server stops.
/// </summary>
internal sealed class ChannelStreamResult(ChannelSubscription subscription, ResponseFormat format, CancellationToken stopping)
    : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => ChannelStream.WriteAsync(
        httpContext, subscription, format,
        body => body.Write(format == ResponseFormat.JsonLines ? "{\"type\":\"nop\",\"data\":{}}\n"u8 : "event: nop\ndata: {}\n\n"u8),
        WriteMessages, stopping);

    private void WriteMessages(IBufferWriter<byte> body)
    {
        var batch = subscription.Reader.Current;
        var number = batch.First;
        foreach (var line in LogLines.Split(batch.Lines))
        {
            if (format == ResponseFormat.ServerSentEvents)
                StreamFrames.WriteEvent(body, "message"u8, line.Span, number);
            else
                WriteLine(body, line.Span, number);
            number++;
        }
    }

    private static void WriteLine(IBufferWriter<byte> body, ReadOnlySpan<byte> message, long number)
    {
        body.Write("{\"type\":\"message\",\"data\":"u8);
        body.Write(message);
        body.Write(",\"id\":"u8);
        StreamFrames.WriteNumber(body, number);
        body.Write("}\n"u8);
    }
}
