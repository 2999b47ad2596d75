using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace ChatBotKit.Server.Errors;

/// <summary>The text of a fault. Each value that it quotes from the request is cut to a bounded length.</summary>
[InterpolatedStringHandler]
internal readonly struct FaultText
{
    /// <summary>The maximum length of a fault, in UTF-16 units.</summary>
    public const int MaxLength = 1_000;

    private const int MaxValueLength = 300;

    private readonly StringBuilder? _text;

    public FaultText(int literalLength, int formattedCount, Faults faults, out bool isWanted)
    {
        isWanted = !faults.IsFull;
        _text = isWanted ? new StringBuilder(literalLength + (formattedCount * 16)) : null;
    }

    public void AppendLiteral(string text) => _text!.Append(text);

    public void AppendFormatted<T>(T value) =>
        _text!.Append(Clip(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", MaxValueLength));

    public override string ToString() => _text?.ToString() ?? "";

    /// <summary>Ends a text with a full stop, unless it has an end of its own, as the messages of libraries do.</summary>
    public static string Sentence(string text)
    {
        var trimmed = text.TrimEnd();
        return trimmed.EndsWith('.') || trimmed.EndsWith('!') || trimmed.EndsWith('?') || trimmed.EndsWith('…') ? trimmed : $"{trimmed}.";
    }

    /// <summary>Cuts a text that is too long and appends an ellipsis; a surrogate pair is never split.</summary>
    public static string Clip(string text, int maxLength)
    {
        if (text.Length <= maxLength)
            return text;
        var length = char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
        return string.Concat(text.AsSpan(0, length), "…");
    }
}
