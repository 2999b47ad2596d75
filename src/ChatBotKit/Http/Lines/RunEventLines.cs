using System.Buffers;
using System.Text.Json;

namespace ChatBotKit;

/// <summary>A call whose answer is the stream of a run.</summary>
internal sealed class RunEventLines : LineParser<RunEvent>
{
    public static RunEventLines Instance { get; } = new();

    public override bool TryParse(in ReadOnlySequence<byte> line, FailureSource source, out RunEvent? item)
    {
        if (line.IsSingleSegment && TokenLine.TryRead(line.FirstSpan, out item))
            return true;
        item = ReadEvent(line, source);
        return item switch
        {
            PingEvent or NopEvent => false,
            ErrorEvent error => throw Failure.OfError(error.Data, source),
            UnknownEvent { Type: "error" } => throw Failure.OfError(error: null, source),
            _ => true,
        };
    }

    private static RunEvent ReadEvent(in ReadOnlySequence<byte> line, FailureSource source)
    {
        try
        {
            return Deserialize<RunEvent>(line) ?? throw new JsonException("An event must be an object.");
        }
        catch (JsonException) when (ErrorBody.TryRead(line.ToArray()) is { Code: not null } error)
        {
            // This is not an event, but the error body of a call that failed after its status was sent.
            throw Failure.OfError(error, source);
        }
    }
}
