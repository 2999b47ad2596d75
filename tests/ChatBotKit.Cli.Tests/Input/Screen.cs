using System.Globalization;
using System.Text.RegularExpressions;
using Spectre.Console;

namespace ChatBotKit.Cli.Tests.Input;

/// <summary>A terminal that interprets the editor's control sequences, and returns the visible text.</summary>
internal sealed partial class Screen(int columns) : StringWriter(CultureInfo.InvariantCulture)
{
    private readonly List<string[]> _rows = [[]];

    public int Row { get; private set; }

    public int Column { get; private set; }

    /// <summary>The rows without trailing blanks.</summary>
    public IReadOnlyList<string> Rows => [.. _rows.Select(row => string.Concat(row.Select(cell => cell ?? " ")).TrimEnd())];

    public override void Write(string? value)
    {
        foreach (Match part in Parts().Matches(value ?? ""))
            Take(part);
    }

    public override void Write(char value) => Write(value.ToString());

    private void Take(Match part)
    {
        var count = int.TryParse(part.Groups["count"].Value, out var number) ? number : 1;
        switch (part.Groups["command"].Value)
        {
            case "A":
                Row = Math.Max(0, Row - count);
                break;
            case "C":
                Column = Math.Min(columns - 1, Column + count);
                break;
            case "H":
                (Row, Column) = (0, 0);
                break;
            case "J" when part.Groups["count"].Value == "2":
                _rows.ForEach(Array.Clear);
                break;
            case "J":
                Array.Clear(_rows[Row], Column, columns - Column);
                _rows.Skip(Row + 1).ToList().ForEach(Array.Clear);
                break;
            default:
                Show(part.Value);
                break;
        }
    }

    private void Show(string text)
    {
        foreach (var element in TextElements(text))
        {
            if (element is "\r")
                Column = 0;
            else if (element is "\n" or "\r\n")
                (Row, Column) = (Row + 1, element == "\n" ? Column : 0);
            else
                Put(element);
            while (_rows.Count <= Row || _rows[^1].Length == 0)
                AddRow();
        }
    }

    private void Put(string element)
    {
        var cells = element.GetCellWidth();
        if (Column + cells > columns)
            (Row, Column) = (Row + 1, 0);
        while (_rows.Count <= Row || _rows[^1].Length == 0)
            AddRow();
        _rows[Row][Column] = element;
        if (cells == 2)
            _rows[Row][Column + 1] = "";
        Column += cells;
    }

    private void AddRow()
    {
        if (_rows[0].Length == 0)
            _rows[0] = new string[columns];
        else
            _rows.Add(new string[columns]);
    }

    private static IEnumerable<string> TextElements(string text)
    {
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
            yield return elements.GetTextElement();
    }

    [GeneratedRegex("\e\\[(?<count>\\d*)(?<command>[A-Z])|[^\e]+", RegexOptions.ExplicitCapture)]
    private static partial Regex Parts();
}
