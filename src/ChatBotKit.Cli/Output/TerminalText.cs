using System.Globalization;
using System.Text;
using Spectre.Console;

namespace ChatBotKit.Cli.Output;

/// <summary>Text from elsewhere on a terminal: it must not steer the terminal, and it takes as many cells as it is wide.</summary>
internal static class TerminalText
{
    /// <summary>Takes out the control characters, with which a text could move the cursor or change settings.</summary>
    public static string Clean(string text) =>
        text.Any(IsUnsafe) ? string.Concat(text.Where(character => !IsUnsafe(character))) : text;

    /// <summary>The text on one line, without what turns the direction of all that follows it.</summary>
    public static string OneLine(string text) =>
        string.Concat(text.Select(character => character is '\t' ? ' ' : character).Where(character => !IsTurn(character)))
            .ReplaceLineEndings(" ");

    /// <summary>The beginning of the text that takes no more cells than that, with a mark where something is missing.</summary>
    public static string Shorten(string text, int cells)
    {
        if (text.Length <= cells / 2 || text.GetCellWidth() <= cells)
            return text;
        var result = new StringBuilder();
        var taken = 0;
        for (var position = 0; position < text.Length;)
        {
            var element = text.Substring(position, StringInfo.GetNextTextElementLength(text, position));
            taken += element.GetCellWidth();
            if (taken > cells - 1)
                break;
            result.Append(element);
            position += element.Length;
        }

        return result.Append('…').ToString();
    }

    private static bool IsUnsafe(char character) => char.IsControl(character) && character is not ('\n' or '\t');

    private static bool IsTurn(char character) => character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
