using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

/// <summary>
/// A part of an instruction in which marks stand for its slots. It is parsed before the slots are filled, so that no value of a caller can
/// add a line, a key or a header.
/// </summary>
/// <param name="source">The whole instruction.</param>
/// <param name="text">The part with marks.</param>
/// <param name="jumps">The positions after the marks, in the text and in the source.</param>
internal sealed class MarkedText(string source, string text, IReadOnlyList<(int InText, int InSource)> jumps)
{
    // Characters for private use. An instruction that has one of them is refused.
    public const char Open = '\uE000';
    public const char Close = '\uE001';

    public string Text => text;

    public static string Mark(int slot) => string.Create(CultureInfo.InvariantCulture, $"{Open}{slot}{Close}");

    /// <summary>Returns the place in the instruction of a position in the text.</summary>
    public Place PlaceOf(int index)
    {
        var (inText, inSource) = (0, 0);
        foreach (var jump in jumps)
        {
            if (jump.InText > index)
                break;
            (inText, inSource) = jump;
        }

        return Place.Of(source, inSource + Math.Max(0, index - inText));
    }

    /// <summary>Whether the text is one mark and nothing else.</summary>
    public static bool IsMark(string text, out int slot)
    {
        slot = 0;
        return text.Length > 2 && text[0] == Open && text.IndexOf(Close, StringComparison.Ordinal) == text.Length - 1
            && int.TryParse(text.AsSpan(1, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out slot);
    }

    /// <summary>Replaces each mark in a text. Inserted values are not searched for marks.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Fill(string? text, Func<int, string> valueOf)
    {
        if (text is null || !text.Contains(Open, StringComparison.Ordinal))
            return text;
        var filled = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != Open)
            {
                filled.Append(text[i]);
                continue;
            }

            var end = text.IndexOf(Close, i);
            filled.Append(valueOf(int.Parse(text.AsSpan(i + 1, end - i - 1), NumberStyles.None, CultureInfo.InvariantCulture)));
            i = end;
        }

        return filled.ToString();
    }
}
