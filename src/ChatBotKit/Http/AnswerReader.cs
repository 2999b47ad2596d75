using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit;

/// <summary>Reads a whole JSON answer, which may be an error although its status is 200.</summary>
internal static class AnswerReader
{
    public static T Read<T>(JsonTypeInfo<T> type, ReadOnlySpan<byte> body, FailureSource source)
    {
        try
        {
            if (HoldsOnlyAnError(body, type))
                throw Failure.OfError(ErrorBody.TryRead(body), source);
            return JsonSerializer.Deserialize(body, type) ?? throw Failure.OfInvalidAnswer(body, source, cause: null);
        }
        // The other exceptions are thrown by the reader for text that is not valid Unicode and for values out of range.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException or FormatException)
        {
            throw Failure.OfInvalidAnswer(body, source, exception);
        }
    }

    // A long run may fail after the status was sent. The body then has none of the fields of an answer.
    private static bool HoldsOnlyAnError(ReadOnlySpan<byte> body, JsonTypeInfo type)
    {
        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return false;

        var hasCode = false;
        var hasMessage = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            foreach (var property in type.Properties)
            {
                if (reader.ValueTextEquals(property.Name))
                    return false;
            }

            hasCode |= reader.ValueTextEquals("code"u8);
            hasMessage |= reader.ValueTextEquals("message"u8);
            reader.Skip();
        }

        return hasCode && hasMessage;
    }
}
