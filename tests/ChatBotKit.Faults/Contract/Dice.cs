using CsCheck;

namespace ChatBotKit.Faults.Contract;

/// <summary>Random decisions that a seed repeats.</summary>
internal sealed class Dice(PCG pcg)
{
    private static readonly string[] Odd =
    [
        "", " ", "\0", "a\0b", "\r\n", "\t", "é", "漢字", "👩‍👩‍👧", "\u202Eabc", "\uFEFF", "null", "undefined", "NaN", "true", "0", "-1", "1e999",
        "../../etc/passwd", "..%2f", "%00", "%", "'", "\"", "\\", "';--", "=1+1", "{{", "{{contact.name}}", "${contact.name}", "{0}", "$update",
        "<script>", "a,b,c", "gpt-4o/temperature=2", "gpt-4o/temperature=x", "{\"name\":\"gpt-4o\"}", "http://127.0.0.1:1/", "data:,x",
        "data:text/plain;base64,QUJD", "data:text/plain;base64,!", "data:a\nb/c,x", "2026-01-01", "9999-12-31T23:59:59Z", "+359 2 000 0000", "a@b.example", LoneSurrogate,
    ];

    /// <summary>A placeholder for an unpaired surrogate, which a body can contain only as an escape.</summary>
    public const string LoneSurrogate = "\u0001lone\u0001";

    public int Below(int bound) => (int)pcg.Next((uint)bound);

    public bool Chance(int percent) => Below(100) < percent;

    public T Pick<T>(params IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>Returns an unusual text.</summary>
    public string OddText() => Below(8) switch
    {
        0 => new string('x', Pick(191, 192, 512, 5_000)),
        1 => new string('x', Pick(65_535, 65_536, 200_000)),
        2 or 3 => Gen.String.Generate(pcg, null, out _),
        _ => Pick(Odd),
    };

    /// <summary>Returns an ordinary text.</summary>
    public string PlainText() => Pick("Hello", "How long do orchids last?", "Два лева", "x", "Line one\nline two", "🌷 for you");

    public double OddNumber() => Pick(
        0, -1, 1, 2, 0.5, 99, 100, 101, 1799, 1800, 86_400, 86_401, 10_000, 10_001, int.MaxValue, int.MaxValue + 1.0, int.MinValue,
        9_007_199_254_740_991, long.MaxValue, -1e300, 1e300);

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++)
            bytes[i] = (byte)Below(256);
        return bytes;
    }
}
