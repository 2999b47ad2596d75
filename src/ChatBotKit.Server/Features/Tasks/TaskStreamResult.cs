using System.Buffers;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.Features.Tasks;

/// <summary>
/// Streams what the executions of a task do: the operations and errors on its channel. The stream ends when the subscriber disconnects,
/// its credential ends or the server stops.
/// </summary>
internal sealed class TaskStreamResult(ChannelSubscription channel, ResponseFormat format, int history, CancellationToken stopping) : IResult
{
    /// <summary>How many lines of the channel are searched for earlier events. Most lines are pieces of answers, which are not shown.</summary>
    public const int LinesToSearch = 10_000;

    /// <summary>How many bytes of earlier events are kept until the newest are known.</summary>
    private const int MaxEarlierBytes = 4 * 1024 * 1024;

    private readonly Queue<byte[]> _earlier = [];
    private long _earlierBytes;

    public Task ExecuteAsync(HttpContext httpContext) => ChannelStream.WriteAsync(
        httpContext, channel, format, body => StreamFrames.WritePing(body, format), WriteEvents, stopping);

    private void WriteEvents(IBufferWriter<byte> body)
    {
        var batch = channel.Reader.Current;
        var number = batch.First;
        foreach (var line in LogLines.Split(batch.Lines))
        {
            var isEarlier = number++ <= channel.End;
            if (!isEarlier)
                WriteEarlier(body);
            if (!IsShown(LogLines.TypeOf(line.Span)))
                continue;
            if (isEarlier)
                Keep(line);
            else
                Write(body, line);
        }

        if (batch.Last >= channel.End)
            WriteEarlier(body);
    }

    private void Keep(ReadOnlyMemory<byte> line)
    {
        _earlier.Enqueue(line.ToArray());
        _earlierBytes += line.Length;
        while (_earlier.Count > history || _earlierBytes > MaxEarlierBytes)
            _earlierBytes -= _earlier.Dequeue().Length;
    }

    private void WriteEarlier(IBufferWriter<byte> body)
    {
        while (_earlier.TryDequeue(out var line))
            Write(body, line);
    }

    private void Write(IBufferWriter<byte> body, ReadOnlyMemory<byte> line)
    {
        if (format == ResponseFormat.JsonLines)
        {
            body.Write(line.Span);
            body.Write("\n"u8);
        }
        else
        {
            StreamFrames.WriteEvent(body, LogLines.TypeOf(line.Span), LogLines.DataOf(line).Span, number: null);
        }
    }

    private static bool IsShown(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("operationBegin"u8) || type.SequenceEqual("operationEnd"u8) || type.SequenceEqual("error"u8);
}
