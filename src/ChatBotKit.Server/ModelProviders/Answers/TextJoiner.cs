using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace ChatBotKit.Server.ModelProviders.Answers;

/// <summary>
/// Joins a text whose pieces may be split inside a character, between the halves of a surrogate pair or between the bytes of UTF-8.
/// A split character is returned with the piece that completes it; a half that is never completed becomes U+FFFD.
/// </summary>
internal sealed class TextJoiner
{
    private const char Replacement = '\uFFFD';
    private const int LongestTail = 3;

    private Tail _tail;
    private int _tailLength;
    private char _half;

    /// <summary>Returns a complete text.</summary>
    public static string Whole(ref Utf8JsonReader reader)
    {
        var joiner = new TextJoiner();
        return joiner.Add(ref reader) + joiner.End();
    }

    /// <summary>Adds the string value at which the reader is positioned, and returns the next piece.</summary>
    public string Add(ref Utf8JsonReader reader) => Add(reader.ValueSpan, reader.ValueIsEscaped);

    /// <param name="json">The bytes between the quotes of a JSON string.</param>
    /// <param name="isEscaped">Whether they contain a backslash.</param>
    public string Add(ReadOnlySpan<byte> json, bool isEscaped)
    {
        if (_tailLength > 0)
            return AddAfterTail(json, isEscaped);
        // Most pieces split no character. Then the string is the only allocation.
        if (!isEscaped && _half == 0 && (json.IsEmpty || json[^1] < 0x80))
            return Encoding.UTF8.GetString(json);
        _tailLength = IncompleteTail(json);
        json[^_tailLength..].CopyTo(_tail);
        json = json[..^_tailLength];
        return isEscaped || _half != 0 ? AddSlowly(json) : Encoding.UTF8.GetString(json);
    }

    /// <summary>Adds a piece that is already decoded, and returns the next piece.</summary>
    public string Add(string piece)
    {
        if (_half == 0 && !piece.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return piece;
        return ReplaceHalves(_half == 0 ? piece.ToCharArray() : [TakeHalf(), .. piece]);
    }

    /// <summary>Returns U+FFFD for a character that was never completed; empty when there is none.</summary>
    public string End()
    {
        var isCut = _tailLength > 0 || _half != 0;
        (_tailLength, _half) = (0, '\0');
        return isCut ? "\uFFFD" : "";
    }

    private string AddAfterTail(ReadOnlySpan<byte> json, bool isEscaped)
    {
        var length = _tailLength + json.Length;
        var joined = ArrayPool<byte>.Shared.Rent(length);
        _tail[.._tailLength].CopyTo(joined);
        json.CopyTo(joined.AsSpan(_tailLength));
        _tailLength = 0;
        var text = Add(joined.AsSpan(0, length), isEscaped);
        ArrayPool<byte>.Shared.Return(joined);
        return text;
    }

    private string AddSlowly(ReadOnlySpan<byte> json)
    {
        const int OnStack = 256;
        // A byte never becomes more than one UTF-16 unit.
        var rented = json.Length < OnStack ? null : ArrayPool<char>.Shared.Rent(json.Length + 1);
        Span<char> chars = rented is null ? stackalloc char[OnStack] : rented;
        var count = 0;
        if (_half != 0)
            chars[count++] = TakeHalf();
        count += Unescape(json, chars[count..]);
        var text = ReplaceHalves(chars[..count]);
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);
        return text;
    }

    private char TakeHalf()
    {
        var half = _half;
        _half = '\0';
        return half;
    }

    /// <summary>Keeps a surrogate half at the end for the next piece, and replaces every other unpaired half.</summary>
    private string ReplaceHalves(Span<char> chars)
    {
        if (!chars.IsEmpty && char.IsHighSurrogate(chars[^1]))
        {
            _half = chars[^1];
            chars = chars[..^1];
        }

        for (var i = 0; i < chars.Length; i++)
        {
            if (char.IsHighSurrogate(chars[i]) && i + 1 < chars.Length && char.IsLowSurrogate(chars[i + 1]))
                i++;
            else if (char.IsSurrogate(chars[i]))
                chars[i] = Replacement;
        }

        return chars.IsEmpty ? "" : new string(chars);
    }

    /// <summary>Returns the number of bytes at the end that begin an incomplete character.</summary>
    private static int IncompleteTail(ReadOnlySpan<byte> bytes)
    {
        for (var length = 1; length <= Math.Min(LongestTail, bytes.Length); length++)
        {
            var first = bytes[^length];
            if ((first & 0xC0) == 0x80)
                continue;
            var needed = first switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC2 => 2, _ => 1 };
            return needed > length ? length : 0;
        }

        return 0;
    }

    /// <summary>Decodes the escapes, which the JSON reader has already validated.</summary>
    private static int Unescape(ReadOnlySpan<byte> json, Span<char> chars)
    {
        var count = 0;
        for (int escape; (escape = json.IndexOf((byte)'\\')) >= 0;)
        {
            count += Encoding.UTF8.GetChars(json[..escape], chars[count..]);
            var letter = json[escape + 1];
            if (letter == 'u')
            {
                chars[count++] = Utf8Parser.TryParse(json.Slice(escape + 2, 4), out ushort unit, out _, 'x') ? (char)unit : Replacement;
                json = json[(escape + 6)..];
                continue;
            }

            chars[count++] = letter switch
            {
                (byte)'b' => '\b',
                (byte)'f' => '\f',
                (byte)'n' => '\n',
                (byte)'r' => '\r',
                (byte)'t' => '\t',
                _ => (char)letter,
            };
            json = json[(escape + 2)..];
        }

        return count + Encoding.UTF8.GetChars(json, chars[count..]);
    }

    /// <summary>A buffer inside the object, because each answer has several of these.</summary>
    [InlineArray(LongestTail)]
    private struct Tail
    {
        private byte _first;
    }
}
