using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Reads and writes times as ISO 8601 texts, which some fields of integrations use in place of milliseconds.</summary>
internal sealed class IsoTimeConverter : JsonConverter<DateTimeOffset?>
{
    private static readonly MillisecondsConverter Lenient = new();

    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Lenient.Read(ref reader, typeof(DateTimeOffset), options);

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is { } moment)
            writer.WriteStringValue(moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        else
            writer.WriteNullValue();
    }
}
