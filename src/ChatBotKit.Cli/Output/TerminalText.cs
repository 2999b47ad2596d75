using System.Globalization;
using System.Text;
using Spectre.Console;

namespace ChatBotKit.Cli.Output;

/// <summary>Prepares text for a terminal: it removes control characters and measures the width in cells.</summary>
internal static class TerminalText
{
    /// <summary>Removes control characters, with which a text could move the cursor or change settings of the terminal.</summary>
    public static string Clean(string text) =>
        text.Any(IsUnsafe) ? string.Concat(text.Where(character => !IsUnsafe(character))) : text;

    /// <summary>Returns the text on one line, without characters that change the direction of the text after it.</summary>
    public static string OneLine(string text) =>
        string.Concat(text.Select(character => character is '\t' ? ' ' : character).Where(character => !IsTurn(character)))
            .ReplaceLineEndings(" ");

    /// <summary>Shortens a text to a number of cells, with a mark at its end when it was cut.</summary>
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
