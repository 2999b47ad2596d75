using System.Buffers;
using System.Buffers.Text;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Features.Uploads;

/// <summary>Parses the JSON escapes that can occur in a data URL.</summary>
internal static class DataUrlEscape
{
    /// <summary>Parses the character after a backslash; returns false when it has not arrived yet.</summary>
    public static bool TryRead(ref SequenceReader<byte> reader, out byte value)
    {
        if (!reader.TryPeek(out value))
            return false;
        if (value != 'u')
        {
            reader.Advance(1);
            value = value switch
            {
                (byte)'/' => value,
                (byte)'n' or (byte)'r' or (byte)'t' => (byte)' ',
                _ => throw Invalid(),
            };
            return true;
        }

        Span<byte> digits = stackalloc byte[5];
        if (!reader.TryCopyTo(digits))
            return false;
        if (!Utf8Parser.TryParse(digits[1..], out uint code, out var length, 'x') || length != 4 || code > 0x7F)
            throw Invalid();
        reader.Advance(digits.Length);
        value = (byte)code;
        return true;
    }

    public static ApiException Invalid() => ApiException.BadRequest("\"file\" is not a valid data URL");
}
