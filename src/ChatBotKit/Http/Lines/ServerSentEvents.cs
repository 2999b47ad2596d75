using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>Reads a stream of server-sent events that hold JSON objects and end with <c>[DONE]</c>, as in the OpenAI protocol.</summary>
internal static class ServerSentEvents
{
    public static async IAsyncEnumerable<JsonObject> ReadAsync(
        Stream body, FailureSource source, IdleWatch idle, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var watch = new ReadWatch(idle, cancellationToken);
        using var watched = new WatchedStream(body, watch, source);
        var events = SseParser.Create(watched, static (_, data) => data.ToArray()).EnumerateAsync(cancellationToken);
        await foreach (var item in events.ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (item.Data.AsSpan().SequenceEqual("[DONE]"u8))
                yield break;
            yield return Parse(item.Data, source);
        }

        throw Failure.OfCutStream("The stream ended before its last event.", source);
    }

    private static JsonObject Parse(byte[] data, FailureSource source)
    {
        try
        {
            var chunk = JsonNode.Parse(data) as JsonObject ?? throw new JsonException("An event must contain an object.");
            return chunk["error"] is null ? chunk : throw Failure.OfError(ErrorBody.TryRead(data), source);
        }
        // The other exceptions are thrown by JSON nodes for text that is not valid Unicode and for duplicate names.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            throw Failure.OfInvalidAnswer(data, source, exception);
        }
    }
}
