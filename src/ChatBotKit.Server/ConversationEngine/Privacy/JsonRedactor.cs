using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.ConversationEngine.Privacy;

/// <summary>
/// Replaces personal data in JSON: in its texts, its names, and, where the reader does not depend on types, in its numbers, which then
/// become texts. What is not JSON is replaced as a text.
/// </summary>
internal sealed class JsonRedactor(TextRedactor texts)
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = JsonRules.StoredDepth };

    private static readonly JsonReaderOptions Stored = new() { MaxDepth = JsonRules.StoredDepth };

    /// <summary>Remembers the data of all texts and numbers.</summary>
    public void Read(string json)
    {
        if (!TryWalk(json, write: null, withNumbers: true, out _))
            texts.Read(json);
    }

    /// <summary>Returns the JSON with placeholders; the same when it has nothing to replace.</summary>
    public string Redact(string json, bool withNumbers)
    {
        using var stream = new MemoryStream();
        using var writer = new Utf8JsonWriter(stream, Relaxed);
        if (!TryWalk(json, writer, withNumbers, out var isChanged))
            return texts.Redact(json);
        if (!isChanged)
            return json;
        writer.Flush();
        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    private bool TryWalk(string json, Utf8JsonWriter? write, bool withNumbers, out bool isChanged)
    {
        isChanged = false;
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), Stored);
            while (reader.Read())
                isChanged |= Take(ref reader, write, withNumbers);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <returns>Whether something was replaced.</returns>
    private bool Take(ref Utf8JsonReader reader, Utf8JsonWriter? write, bool withNumbers)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                write?.WriteStartObject();
                return false;
            case JsonTokenType.EndObject:
                write?.WriteEndObject();
                return false;
            case JsonTokenType.StartArray:
                write?.WriteStartArray();
                return false;
            case JsonTokenType.EndArray:
                write?.WriteEndArray();
                return false;
            case JsonTokenType.PropertyName or JsonTokenType.String:
                return TakeText(reader.GetString()!, reader.TokenType, write);
            case JsonTokenType.Number when withNumbers && reader.ValueSpan.Length >= MinNumber && Utf8Parser.TryParse(reader.ValueSpan, out ulong number, out var read)
                && read == reader.ValueSpan.Length:
                return TakeNumber(number.ToString(CultureInfo.InvariantCulture), write);
            default:
                write?.WriteRawValue(reader.ValueSpan);
                return false;
        }
    }

    /// <summary>The number of digits of the shortest card number.</summary>
    private const int MinNumber = 12;

    private bool TakeText(string text, JsonTokenType type, Utf8JsonWriter? write)
    {
        if (write is null)
        {
            texts.Read(text);
            return false;
        }

        var redacted = texts.Redact(text);
        if (type == JsonTokenType.PropertyName)
            write.WritePropertyName(redacted);
        else
            write.WriteStringValue(redacted);
        return !ReferenceEquals(redacted, text);
    }

    private bool TakeNumber(string number, Utf8JsonWriter? write)
    {
        if (write is null)
        {
            texts.Read(number);
            return false;
        }

        var redacted = texts.Redact(number);
        if (ReferenceEquals(redacted, number))
            write.WriteRawValue(number);
        else
            write.WriteStringValue(redacted);
        return !ReferenceEquals(redacted, number);
    }
}
