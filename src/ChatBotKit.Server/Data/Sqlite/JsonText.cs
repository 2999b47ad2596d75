using System.Buffers;
using System.Globalization;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>
/// Creates patterns that find JSON texts with a given member and value. Every text with the member matches, and most other texts do
/// not. The server has written the texts, so they have no white space between tokens and no escapes for plain characters.
/// </summary>
internal sealed class JsonText
{
    /// <summary>The maximum length of a text in a pattern. SQLite accepts patterns of at most 50,000 bytes.</summary>
    private const int MaxLength = 500;

    /// <summary>Outside this range, the digits of a double do not determine the first digit of its numeral.</summary>
    private const double LeastNormal = 1e-300;
    private const double MostNormal = 1e300;

    /// <summary>The relative distance within which a numeral may be rounded to the number.</summary>
    private const double Rounding = 2e-15;

    /// <summary>The characters that are never escaped in JSON text, and that match only themselves in a pattern.</summary>
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 _-.,:;@/=()");

    private readonly string _name;
    private readonly string _value;

    /// <param name="key">The path of the member, with dots between the names of nested objects.</param>
    /// <param name="value">The value as text. It may also represent a boolean or a number.</param>
    public JsonText(string key, string value)
    {
        _name = key[(key.LastIndexOf('.') + 1)..];
        _value = value;
        IsBoolean = value is "true" or "false";
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            Number = number;
    }

    public bool IsBoolean { get; }

    /// <summary>The value as a number; null when it is not a finite number.</summary>
    public double? Number { get; }

    /// <summary>A GLOB pattern that every text with the value matches, and few others; null when the value has only one form.</summary>
    public string? Start => FirstOf() is { } first ? Pattern($"[{first}\"]") : null;

    /// <summary>The GLOB patterns of the forms of the value. A text with the value matches at least one of them.</summary>
    public IEnumerable<string> Forms
    {
        get
        {
            yield return Pattern(IsPlain(_value) ? $"\"{_value}\"" : "\"");
            if (IsBoolean)
                yield return Pattern(_value);
            if (Number is not null)
                yield return Pattern($"[{FirstOf()}]");
        }
    }

    // The pattern omits the quote before the name. Quotes are very frequent in a document, and the search would stop at each.
    private string Pattern(string value) => $"*{(IsPlain(_name) ? _name : "")}\":{value}*";

    /// <summary>Returns the possible first characters of the value as a boolean or number; null when it is neither.</summary>
    private string? FirstOf()
    {
        if (Number is not { } number)
            return IsBoolean ? _value[..1] : null;
        var size = Math.Abs(number);
        if (size is < LeastNormal or > MostNormal)
            return "-0-9";
        // 4242 can be written 4242, 4.242e3 and 0.4242e4, and 3999.9999999999999999 is 4000.
        return number < 0 ? "-" : string.Concat(new[] { '0', Digit(size), Digit(size * (1 - Rounding)), Digit(size * (1 + Rounding)) }.Distinct());
    }

    private static char Digit(double number) => number.ToString("E16", CultureInfo.InvariantCulture)[0];

    private static bool IsPlain(string text) => text.Length <= MaxLength && !text.AsSpan().ContainsAnyExcept(Plain);
}
