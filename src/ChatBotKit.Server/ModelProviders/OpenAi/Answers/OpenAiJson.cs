using System.Text;
using System.Text.Json;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>Steps of a <see cref="Utf8JsonReader"/> over an answer.</summary>
internal static class OpenAiJson
{
    /// <summary>Moves to the next field's value; false at the end of the object.</summary>
    public static bool NextField(this ref Utf8JsonReader reader, out ReadOnlySpan<byte> name)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
        {
            name = default;
            return false;
        }

        name = reader.ValueSpan;
        return reader.Read();
    }

    /// <summary>Whether a value can be read as a text.</summary>
    public static bool IsScalar(this JsonTokenType token) =>
        token is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False;

    /// <summary>The bytes of the value that the reader is at, which it goes past.</summary>
    public static ReadOnlySpan<byte> TakeRaw(this ref Utf8JsonReader reader, ReadOnlySpan<byte> data)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return data[start..(int)reader.BytesConsumed];
    }

    /// <summary>A number of tokens; 0 for what is none.</summary>
    public static long Count(this ref Utf8JsonReader reader) =>
        reader.TryGetInt64(out var whole) ? Math.Max(whole, 0)
        : reader.TryGetDouble(out var other) && other is >= 0 and < 1e15 ? (long)other
        : 0;

    /// <summary>A field's name as it stands in the JSON; one that has escapes in it stays as it was written.</summary>
    public static string Name(ReadOnlySpan<byte> name) => Encoding.UTF8.GetString(name);

    /// <summary>An object with this one field.</summary>
    public static byte[] Object(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => [.. "{\""u8, .. name, .. "\":"u8, .. value, .. "}"u8];
}
