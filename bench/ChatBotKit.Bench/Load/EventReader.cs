using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace ChatBotKit.Bench.Load;

/// <summary>The content of a token line.</summary>
internal sealed record FloorEvent(string Type, string Token, long CreatedAt);

/// <summary>A hand-written JSON Lines reader for token lines only: it can't resume, and knows no errors and no time limits.</summary>
internal static class EventReader
{
    public static async IAsyncEnumerable<FloorEvent> ReadAsync(Stream stream)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024));
        while (true)
        {
            var read = await reader.ReadAsync();
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                yield return Parse(buffer.Slice(0, end));
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
                break;
        }

        await reader.CompleteAsync();
    }

    private static FloorEvent Parse(in ReadOnlySequence<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        var type = "";
        var token = "";
        var createdAt = 0L;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;
            var isType = reader.CurrentDepth == 1 && reader.ValueTextEquals("type"u8);
            var isToken = reader.CurrentDepth == 2 && reader.ValueTextEquals("token"u8);
            var isTime = reader.CurrentDepth == 1 && reader.ValueTextEquals("createdAt"u8);
            reader.Read();
            if (isType)
                type = reader.ValueTextEquals("token"u8) ? "token" : reader.GetString()!;
            else if (isToken)
                token = reader.GetString()!;
            else if (isTime)
                createdAt = reader.GetInt64();
        }

        return new FloorEvent(type, token, createdAt);
    }
}
