using System.Buffers;
using System.Globalization;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>
/// How a member with a value stands in JSON text: what every text that holds it matches, and most others do not. The text is one that
/// the server wrote: without white space between its parts, and with no escape in the place of a plain character.
/// </summary>
internal sealed class JsonText
{
    /// <summary>Longer texts are not searched for; SQLite takes no pattern of more than 50,000 bytes.</summary>
    private const int MaxLength = 500;

    /// <summary>Outside of this range the digits of a double do not tell how it was written.</summary>
    private const double LeastNormal = 1e-300;
    private const double MostNormal = 1e300;

    /// <summary>A numeral within this distance may be rounded to the number.</summary>
    private const double Rounding = 2e-15;

    /// <summary>What stands in every JSON text as it is, and in a pattern for itself.</summary>
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 _-.,:;@/=()");

    private readonly string _name;
    private readonly string _value;

    /// <param name="key">The name of the member; dots lead into nested objects.</param>
    /// <param name="value">The value as text, which may also mean a boolean or a number.</param>
    public JsonText(string key, string value)
    {
        _name = key[(key.LastIndexOf('.') + 1)..];
        _value = value;
        IsBoolean = value is "true" or "false";
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            Number = number;
    }

    public bool IsBoolean { get; }

    /// <summary>The value as a number; null when it does not read like one.</summary>
    public double? Number { get; }

    /// <summary>A pattern of GLOB that every text fits, and hardly any other; null when the value has one form only.</summary>
    public string? Start => FirstOf() is { } first ? Pattern($"[{first}\"]") : null;

    /// <summary>The forms that a text may have, as patterns of GLOB: it fits one of them.</summary>
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

    // Without the quote before the name: quotes are what a document has most, and the search stops at each.
    private string Pattern(string value) => $"*{(IsPlain(_name) ? _name : "")}\":{value}*";

    /// <summary>The characters with which the value may begin where it is a boolean or a number; null when it is neither.</summary>
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
