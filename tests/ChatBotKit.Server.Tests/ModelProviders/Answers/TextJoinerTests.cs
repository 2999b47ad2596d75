using System.Text;
using System.Text.Json;
using ChatBotKit.Server.ModelProviders.Answers;
using CsCheck;

namespace ChatBotKit.Server.Tests.ModelProviders;

public sealed class TextJoinerTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.OneOf("Hi", "é", "東", "😀", "\n", "\"", "\\", "\t\b\f\r/", "\u0001", "\uFFFF", "🌦️"), Gen.Char.AlphaNumeric.Array[0, 300].Select(letters => new string(letters)))
        .Array[0, 8].Select(string.Concat);

    /// <summary>Any text, split anywhere: between bytes, or between escaped UTF-16 units.</summary>
    [Fact]
    public void AnyText_CutAnywhere_IsTheSameText() => Gen.Select(Texts, Gen.Int[1, 7], Gen.Bool).Sample((text, size, escaped) =>
    {
        var joiner = new TextJoiner();
        var joined = new StringBuilder();
        foreach (var piece in escaped ? Escaped(text, size) : Raw(text, size))
        {
            var reader = new Utf8JsonReader(piece);
            reader.Read();
            joined.Append(joiner.Add(ref reader));
        }

        Assert.Equal(text, joined.Append(joiner.End()).ToString());
    });

    [Fact]
    public void AnyBytes_AreReadAsUnicode() => Gen.Select(Gen.Byte.Array[0, 40], Gen.Bool).Sample((bytes, escaped) =>
    {
        var joiner = new TextJoiner();
        var clean = bytes.Where(one => one is not ((byte)'\\' or (byte)'"')).ToArray();
        var text = joiner.Add(clean, isEscaped: escaped) + joiner.Add([], isEscaped: false) + joiner.End();

        Assert.Equal(Encoding.UTF8.GetString(clean).Replace("\uFFFD", "", StringComparison.Ordinal), text.Replace("\uFFFD", "", StringComparison.Ordinal));
        Assert.True(IsUnicode(text));
    });

    [Theory]
    [InlineData("""{"a":"\ud83d\ude00"}""", """{"a":"\ud83d\ude00"}""")]
    [InlineData("""{"a":"\ud83d"}""", """{"a":"\ufffd"}""")]
    [InlineData("""{"\ude00":"\ude00\ud83d"}""", """{"\ufffd":"\ufffd\ufffd"}""")]
    [InlineData("""{"a":"\ud83d\u0041"}""", """{"a":"\ufffd\u0041"}""")]
    [InlineData("""{"a":"\\ud83d"}""", """{"a":"\\ud83d"}""")]
    [InlineData("""{"a":"\\\ud83d"}""", """{"a":"\\\ufffd"}""")]
    [InlineData("""{"a":"\ud8""", """{"a":"\ud8""")]
    [InlineData("\\", "\\")]
    public void Escapes_OfHalfAPair_AreMended(string json, string mended) => Assert.Equal(mended, JsonEscapes.Mend(json));

    private static IEnumerable<byte[]> Escaped(string text, int size) =>
        text.Chunk(size).Select(units => Encoding.ASCII.GetBytes($"\"{string.Concat(units.Select(unit => $"\\u{(int)unit:x4}"))}\""));

    private static IEnumerable<byte[]> Raw(string text, int size)
    {
        // Characters that JSON requires to be escaped stay in one piece; all other bytes may be split.
        var pieces = text.Any(unit => unit is '"' or '\\' or < ' ')
            ? text.EnumerateRunes().Select(rune => JsonEncodedText.Encode(rune.ToString()).ToString()).Select(Encoding.UTF8.GetBytes)
            : Encoding.UTF8.GetBytes(text).Chunk(size);
        return pieces.Select(piece => (byte[])[(byte)'"', .. piece, (byte)'"']);
    }

    private static bool IsUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (char.IsSurrogate(text[i]))
                return false;
        }

        return true;
    }
}
