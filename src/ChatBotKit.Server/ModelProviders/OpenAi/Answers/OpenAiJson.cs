using System.Text;
using System.Text.Json;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>Extensions of <see cref="Utf8JsonReader"/> for the reading of answers.</summary>
internal static class OpenAiJson
{
    /// <summary>Advances to the value of the next field; returns false at the end of the object.</summary>
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

    /// <summary>Whether the value can be read as text.</summary>
    public static bool IsScalar(this JsonTokenType token) =>
        token is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False;

    /// <summary>Returns the bytes of the current value, and advances past it.</summary>
    public static ReadOnlySpan<byte> TakeRaw(this ref Utf8JsonReader reader, ReadOnlySpan<byte> data)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return data[start..(int)reader.BytesConsumed];
    }

    /// <summary>Reads a number of tokens; returns 0 when the value is not a number.</summary>
    public static long Count(this ref Utf8JsonReader reader) =>
        reader.TryGetInt64(out var whole) ? Math.Max(whole, 0)
        : reader.TryGetDouble(out var other) && other is >= 0 and < 1e15 ? (long)other
        : 0;

    /// <summary>Returns the name of a field as it is in the JSON; escapes in it are not decoded.</summary>
    public static string Name(ReadOnlySpan<byte> name) => Encoding.UTF8.GetString(name);

    /// <summary>Returns an object with this single field.</summary>
    public static byte[] Object(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => [.. "{\""u8, .. name, .. "\":"u8, .. value, .. "}"u8];
}
