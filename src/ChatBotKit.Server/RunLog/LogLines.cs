using System.Text.Json;

namespace ChatBotKit.Server.RunLog;

/// <summary>Extracts parts of a log's lines without parsing them.</summary>
internal static class LogLines
{
    private static ReadOnlySpan<byte> TokenStart => "{\"type\":\"token\",\"data\":{\"type\":\"bot\",\"token\":\""u8;

    private static ReadOnlySpan<byte> TokenEnd => "\"},\"createdAt\":"u8;

    private static ReadOnlySpan<byte> TypePrefix => "{\"type\":\""u8;

    /// <summary>
    /// Returns the type of an event line, for example <c>token</c>; empty for a line that is no event. The log writes the type
    /// first, and types need no escaping.
    /// </summary>
    public static ReadOnlySpan<byte> TypeOf(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith(TypePrefix))
            return [];
        var rest = line[TypePrefix.Length..];
        var end = rest.IndexOf((byte)'"');
        return end < 0 ? [] : rest[..end];
    }

    /// <summary>Finds the text of a token, with the escapes of a JSON string, in its event line.</summary>
    /// <param name="line">An event line.</param>
    /// <param name="text">The text without its quotes.</param>
    /// <returns>False for another event.</returns>
    public static bool TryGetToken(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!line.StartsWith(TokenStart))
            return false;
        // What follows the text has no quoted text, so the last occurrence is the end.
        var end = line.LastIndexOf(TokenEnd);
        if (end < TokenStart.Length)
            return false;
        text = line[TokenStart.Length..end];
        return true;
    }

    /// <summary>Returns the data of an event line, as JSON, or the whole line when it is no event.</summary>
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

    /// <summary>Returns each line without its line feed.</summary>
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
