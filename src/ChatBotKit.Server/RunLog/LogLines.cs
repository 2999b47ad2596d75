using System.Text.Json;

namespace ChatBotKit.Server.RunLog;

/// <summary>Reads what matters out of the lines of a log without parsing them.</summary>
internal static class LogLines
{
    private static ReadOnlySpan<byte> TypePrefix => "{\"type\":\""u8;

    /// <summary>
    /// The type of an event line, for example <c>token</c>. The log writes the type first and types need no escaping.
    /// Empty for an object that is no event.
    /// </summary>
    public static ReadOnlySpan<byte> TypeOf(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith(TypePrefix))
            return [];
        var rest = line[TypePrefix.Length..];
        var end = rest.IndexOf((byte)'"');
        return end < 0 ? [] : rest[..end];
    }

    /// <summary>The data of an event line, as JSON; the whole line when it is no event.</summary>
    public static ReadOnlyMemory<byte> DataOf(ReadOnlyMemory<byte> line)
    {
        var reader = new Utf8JsonReader(line.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isData = reader.ValueTextEquals("data"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isData)
                return line[start..(int)reader.BytesConsumed];
        }
        return line;
    }

    /// <summary>The single lines, without their line feeds.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> lines)
    {
        while (!lines.IsEmpty)
        {
            var end = lines.Span.IndexOf((byte)'\n');
            yield return lines[..end];
            lines = lines[(end + 1)..];
        }
    }
}
