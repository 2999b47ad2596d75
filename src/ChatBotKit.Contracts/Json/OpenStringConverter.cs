using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Reads and writes an open string value. A known value allocates no string.</summary>
internal sealed class OpenStringConverter<T> : JsonConverter<T>
    where T : struct, IOpenString<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadValue(ref reader);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);

    internal static T ReadValue(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException($"A string was expected, not {reader.TokenType}.");

        foreach (var known in T.Known)
        {
            if (reader.ValueTextEquals(known.Value))
                return known;
        }

        return T.FromValue(reader.GetString()!);
    }
}
