using System.Buffers;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Streams a channel to a subscriber until the subscriber disconnects, its credential ends or the server stops. When the server stops, the
/// stream ends without an event, because the subscriber can resume at the next process.
/// </summary>
internal static class ChannelStream
{
    /// <param name="context">The request.</param>
    /// <param name="channel">The subscription. It is disposed with the response.</param>
    /// <param name="format">The requested format.</param>
    /// <param name="writeBeginning">Writes what the subscriber gets at once.</param>
    /// <param name="writeLines">Writes the current lines of the channel.</param>
    /// <param name="stopping">Cancelled when the server stops.</param>
    public static async Task WriteAsync(
        HttpContext context, ChannelSubscription channel, ResponseFormat format,
        Action<IBufferWriter<byte>> writeBeginning, Action<IBufferWriter<byte>> writeLines, CancellationToken stopping)
    {
        using var reading = channel;
        using var ending = new StreamEnd(context, channel.Reader.Stop, stopping);
        StreamHeaders.Apply(context.Response, format);
        var (body, left) = (context.Response.BodyWriter, context.RequestAborted);
        writeBeginning(body);
        await body.FlushAsync(left);
        LogRead read;
        while ((read = await channel.Reader.ReadAsync(left)) is LogRead.Lines or LogRead.Heartbeat)
        {
            if (read == LogRead.Heartbeat)
                StreamFrames.WritePing(body, format);
            else
                writeLines(body);
            if ((await body.FlushAsync(left)).IsCompleted)
                return;
        }

        if (read == LogRead.Fault)
            StreamFrames.WriteFault(body, format);
        else if (ending.Reason is { } reason)
            StreamFrames.WriteError(body, format, reason);
        await body.FlushAsync(left);
    }
}
