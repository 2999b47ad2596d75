using System.Buffers;
using System.Text.Json;

namespace ChatBotKit;

/// <summary>
/// A call whose answer is a stream of lines. An item is the <c>data</c> of its line, as in lists, or the whole line, as in
/// channels.
/// </summary>
internal sealed class EnvelopedLines<T>(string itemType, bool wholeLine) : LineParser<T>
{
    public override bool TryParse(in ReadOnlySequence<byte> line, FailureSource source, out T? item)
    {
        item = default;
        var reader = new Utf8JsonReader(line);
        var type = ReadType(ref reader, out var data);
        if (type is null)
        {
            if (ErrorBody.TryRead(line.ToArray()) is { Code: not null } error)
                throw Failure.OfError(error, source);
            throw new JsonException("A line must have a type.");
        }

        if (type == "error")
            throw Failure.OfError(data.TokenType == JsonTokenType.StartObject ? JsonSerializer.Deserialize(ref data, TypeInfo<ErrorResponse>.Value) : null, source);
        if (type != itemType)
            return false;

        item = wholeLine ? Deserialize<T>(line) : JsonSerializer.Deserialize(ref data, TypeInfo<T>.Value);
        return item is not null ? true : throw new JsonException("An item must not be null.");
    }

    private static string? ReadType(ref Utf8JsonReader reader, out Utf8JsonReader data)
    {
        data = default;
        string? type = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("A line must be an object.");

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isData = reader.ValueTextEquals("data"u8);
            reader.Read();
            if (isType && reader.TokenType == JsonTokenType.String)
                type = reader.GetString();
            if (isData)
                data = reader;
            reader.Skip();
        }

        return reader.Read() ? throw new JsonException("A line has text after its JSON object.") : type;
    }
}
