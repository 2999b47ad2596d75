using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace ChatBotKit;

/// <summary>
/// Reads the line of a token event in one pass. Almost all lines of a stream are tokens, and the general reader has to find
/// the type of an event before it can read its data.
/// </summary>
internal static class TokenLine
{
    private const long MaxMilliseconds = 253_402_300_799_999;

    /// <returns>False for any line of another shape, which is then read as a general event.</returns>
    /// <exception cref="JsonException">The line is not valid JSON.</exception>
    public static bool TryRead(ReadOnlySpan<byte> line, [NotNullWhen(true)] out RunEvent? item)
    {
        item = null;
        var reader = new Utf8JsonReader(line);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject
            || !ReadName(ref reader, "type"u8) || reader.TokenType != JsonTokenType.String)
            return false;
        var isReasoning = reader.ValueTextEquals("reasoningToken"u8);
        if (!isReasoning && !reader.ValueTextEquals("token"u8))
            return false;
        if (!ReadName(ref reader, "data"u8) || !TryReadData(ref reader, out var data))
            return false;
        if (!TryReadRest(ref reader, out var id, out var createdAt))
            return false;

        item = isReasoning
            ? new ReasoningTokenEvent { Data = data, Id = id, CreatedAt = createdAt }
            : new TokenEvent { Data = data, Id = id, CreatedAt = createdAt };
        return true;
    }

    private static bool ReadName(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(name) && reader.Read();

    private static bool TryReadData(ref Utf8JsonReader reader, out TokenEventData data)
    {
        data = default;
        if (reader.TokenType != JsonTokenType.StartObject
            || !ReadName(ref reader, "type"u8) || reader.TokenType != JsonTokenType.String || !reader.ValueTextEquals("bot"u8)
            || !ReadName(ref reader, "token"u8) || reader.TokenType != JsonTokenType.String)
            return false;
        data = new TokenEventData(MessageType.Bot, reader.GetString()!);
        return reader.Read() && reader.TokenType == JsonTokenType.EndObject;
    }

    private static bool TryReadRest(ref Utf8JsonReader reader, out long? id, out DateTimeOffset? createdAt)
    {
        id = null;
        createdAt = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("id"u8);
            if (!isId && !reader.ValueTextEquals("createdAt"u8))
                return false;
            if (!reader.Read() || reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var number))
                return false;
            if (isId)
                id = number;
            else if (number is >= 0 and <= MaxMilliseconds)
                createdAt = DateTimeOffset.FromUnixTimeMilliseconds(number);
            else
                return false;
        }

        return reader.TokenType == JsonTokenType.EndObject && !reader.Read();
    }
}
