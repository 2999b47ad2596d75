using System.Buffers;
using System.Buffers.Text;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>The escapes that the text of a data URL can hold as a JSON string.</summary>
internal static class DataUrlEscape
{
    /// <summary>Reads what stands behind a backslash; false when it has not come yet.</summary>
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
