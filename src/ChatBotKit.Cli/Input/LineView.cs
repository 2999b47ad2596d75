using System.Globalization;
using System.Text;
using Spectre.Console;

namespace ChatBotKit.Cli.Input;

/// <summary>Shows a line on a terminal while it is edited, over as many rows as it needs.</summary>
internal sealed class LineView(TextWriter screen, Func<int> width, string prompt)
{
    private const char Escape = '\e';
    private const int FewestColumns = 10;

    private int _cursorRow;

    /// <summary>Redraws the line and places the cursor.</summary>
    public void Show(string text, int cursor)
    {
        var columns = Math.Max(width(), FewestColumns);
        var output = new StringBuilder();
        Up(output, _cursorRow);
        output.Append('\r').Append(Escape).Append("[J").Append(prompt);

        var (row, column) = (0, prompt.GetCellWidth());
        var (cursorRow, cursorColumn) = (row, column);
        for (var position = 0; position < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, position);
            var element = text.Substring(position, length);
            var cells = element.GetCellWidth();
            if (column + cells > columns)
                (row, column) = (row + 1, 0);
            if (position == cursor)
                (cursorRow, cursorColumn) = (row, column);
            output.Append(element);
            (position, column) = (position + length, column + cells);
        }

        // A terminal moves to the next row only when the next character is written.
        if (column >= columns)
        {
            output.Append("\r\n");
            (row, column) = (row + 1, 0);
        }

        if (cursor >= text.Length)
            (cursorRow, cursorColumn) = (row, column);
        Up(output, row - cursorRow);
        output.Append('\r');
        if (cursorColumn > 0)
            output.Append(CultureInfo.InvariantCulture, $"{Escape}[{cursorColumn}C");
        _cursorRow = cursorRow;
        screen.Write(output.ToString());
        screen.Flush();
    }

    /// <summary>Clears the screen and shows the line at its top.</summary>
    public void ClearScreen(string text, int cursor)
    {
        screen.Write($"{Escape}[H{Escape}[2J");
        _cursorRow = 0;
        Show(text, cursor);
    }

    /// <summary>Leaves the line unchanged and moves to the row below it.</summary>
    public void Finish(string text)
    {
        Show(text, text.Length);
        screen.Write("\r\n");
        screen.Flush();
    }

    private static void Up(StringBuilder output, int rows)
    {
        if (rows > 0)
            output.Append(CultureInfo.InvariantCulture, $"{Escape}[{rows}A");
    }
}
