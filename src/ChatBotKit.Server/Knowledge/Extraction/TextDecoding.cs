using System.Text;
using System.Text.RegularExpressions;
using UtfUnknown;

namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Decodes text of any encoding: by its byte order mark, by the encoding that its type or its HTML names, as UTF-8 where it is valid, and
/// otherwise by the frequency of its bytes.
/// </summary>
internal static partial class TextDecoding
{
    /// <summary>The number of bytes in which an encoding is named or guessed.</summary>
    private const int Head = 64 * 1024;

    /// <summary>A guess with less confidence than this is no better than the most frequent encoding.</summary>
    private const float LeastConfidence = 0.3f;

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Decode(byte[] bytes, string? contentType)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        if (HasMark(bytes))
            return new StreamReader(new MemoryStream(bytes), Encoding.UTF8, detectEncodingFromByteOrderMarks: true).ReadToEnd();
        if (OfZeros(bytes) is { } wide)
            return wide.GetString(bytes);
        // A wrong name is frequent, but text that is valid UTF-8 by chance is not.
        if (TryUtf8(bytes) is { } text)
            return text;
        var encoding = Named(contentType) ?? Named(Encoding.Latin1.GetString(bytes, 0, Math.Min(bytes.Length, 4096))) ?? Guess(bytes);
        return encoding.GetString(bytes);
    }

    /// <summary>Whether the text begins with a byte order mark.</summary>
    public static bool HasMark(ReadOnlySpan<byte> bytes) =>
        Encoding.UTF8.Preamble.SequenceEqual(bytes[..Math.Min(3, bytes.Length)])
        || (bytes.Length >= 2 && (bytes[0], bytes[1]) is (0xFF, 0xFE) or (0xFE, 0xFF))
        || (bytes.Length >= 4 && (bytes[0], bytes[1], bytes[2], bytes[3]) is (0, 0, 0xFE, 0xFF));

    /// <summary>Returns the encoding of text in which nearly every second byte is zero, as in UTF-16 without a byte order mark.</summary>
    public static Encoding? OfZeros(ReadOnlySpan<byte> bytes)
    {
        var length = Math.Min(bytes.Length, 4096) & ~1;
        if (length < 8)
            return null;
        var zeros = new int[2];
        for (var i = 0; i < length; i++)
            zeros[i % 2] += bytes[i] == 0 ? 1 : 0;
        var (even, odd) = (zeros[0], zeros[1]);
        return odd > length * 0.35 && even < length * 0.02 ? Encoding.Unicode
            : even > length * 0.35 && odd < length * 0.02 ? Encoding.BigEndianUnicode
            : null;
    }

    private static string? TryUtf8(byte[] bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static Encoding? Named(string? text)
    {
        if (text is null || !Charset().Match(text).Groups[1].Success)
            return null;
        try
        {
            var encoding = Encoding.GetEncoding(Charset().Match(text).Groups[1].Value);
            return encoding is UTF8Encoding ? null : encoding;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static Encoding Guess(byte[] bytes)
    {
        var best = CharsetDetector.DetectFromBytes(bytes.AsSpan(0, Math.Min(bytes.Length, Head)).ToArray()).Detected;
        return best is { Encoding: not null and not UTF8Encoding, Confidence: >= LeastConfidence } ? best.Encoding : Encoding.GetEncoding(1252);
    }

    [GeneratedRegex("""charset\s*=\s*["']?([\w.:-]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Charset();
}
