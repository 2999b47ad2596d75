using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Reads and writes times as whole milliseconds since 1970-01-01 UTC.</summary>
internal sealed class MillisecondsConverter : JsonConverter<DateTimeOffset>
{
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return FromMilliseconds(ReadNumber(ref reader));
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException($"Milliseconds since 1970 were expected, not {reader.TokenType}.");

        var text = reader.GetString();
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds))
            return FromMilliseconds(milliseconds);
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return moment;
        throw new JsonException("Milliseconds since 1970 or an ISO 8601 time were expected.");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.ToUnixTimeMilliseconds());

    // JavaScript clients may send a fraction of a millisecond.
    internal static long ReadNumber(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var whole))
            return whole;
        if (reader.TryGetDouble(out var fraction) && Math.Abs(fraction) < long.MaxValue)
            return (long)fraction;
        throw new JsonException("The number is out of range.");
    }

    internal static DateTimeOffset FromMilliseconds(long milliseconds) =>
        milliseconds >= Earliest && milliseconds <= Latest
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : throw new JsonException("The time is out of range.");
}
