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
            var isOfPhone = false;
            while (reader.Read())
            {
                isChanged |= Take(ref reader, write, withNumbers, isOfPhone);
                isOfPhone = reader.TokenType == JsonTokenType.PropertyName && JsonNames.IsOfPhone(reader.GetString()!);
            }

            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <returns>Whether something was replaced.</returns>
    private bool Take(ref Utf8JsonReader reader, Utf8JsonWriter? write, bool withNumbers, bool isOfPhone)
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
            case JsonTokenType.PropertyName:
                return TakeName(reader.GetString()!, write);
            case JsonTokenType.String:
                return TakeText(reader.GetString()!, write, isOfPhone);
            case JsonTokenType.Number when withNumbers && reader.ValueSpan.Length >= JsonNames.MinPhone && !reader.ValueSpan.ContainsAnyExceptInRange((byte)'0', (byte)'9'):
                return TakeNumber(Encoding.ASCII.GetString(reader.ValueSpan), write, isOfPhone);
            default:
                write?.WriteRawValue(reader.ValueSpan);
                return false;
        }
    }

    private bool TakeName(string name, Utf8JsonWriter? write)
    {
        var redacted = Redacted(name, write, isOfPhone: false);
        write?.WritePropertyName(redacted);
        return !ReferenceEquals(redacted, name);
    }

    private bool TakeText(string text, Utf8JsonWriter? write, bool isOfPhone)
    {
        var redacted = Redacted(text, write, isOfPhone);
        write?.WriteStringValue(redacted);
        return !ReferenceEquals(redacted, text);
    }

    private bool TakeNumber(string number, Utf8JsonWriter? write, bool isOfPhone)
    {
        var redacted = Redacted(number, write, isOfPhone);
        if (ReferenceEquals(redacted, number))
            write?.WriteRawValue(number);
        else
            write?.WriteStringValue(redacted);
        return !ReferenceEquals(redacted, number);
    }

    /// <summary>Returns the text with placeholders; where nothing is written, the text is only read.</summary>
    private string Redacted(string text, Utf8JsonWriter? write, bool isOfPhone)
    {
        if (isOfPhone && JsonNames.IsPhone(text))
            texts.Learn(text, new PersonalData(0, text.Length, PersonalDataTypes.Phone));
        if (write is not null)
            return texts.Redact(text);
        texts.Read(text);
        return text;
    }
}

/// <summary>The names in JSON that say that their value is a phone number.</summary>
internal static class JsonNames
{
    /// <summary>The number of digits of the shortest phone number.</summary>
    public const int MinPhone = 6;

    private static readonly string[] OfPhone = ["phone", "mobile", "telefon", "msisdn", "cellular"];

    public static bool IsOfPhone(string name) => Array.Exists(OfPhone, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the text has the digits of a phone number, and no letters.</summary>
    public static bool IsPhone(string text) =>
        text.Count(char.IsAsciiDigit) is >= MinPhone and <= PhoneCandidate.MaxDigits && !text.Any(char.IsLetter) && text.Length <= 2 * PhoneCandidate.MaxDigits;
}
