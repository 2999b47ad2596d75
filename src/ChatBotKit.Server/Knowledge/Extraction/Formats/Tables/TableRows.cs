using System.Globalization;

namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Makes blocks of the rows of a table. Each row is found and read by itself, so each of its values has the header of its column beside it.
/// </summary>
/// <param name="hasTitles">Whether rows of one value before the header are titles of the table, as they are in sheets.</param>
internal sealed class TableRows(bool hasTitles)
{
    private const string BetweenCells = " | ";

    /// <summary>The header; empty for a table without one, null until it is known.</summary>
    private List<string>? _header;

    /// <summary>Whether a row has followed the header.</summary>
    private bool _isHeaderUsed;

    public IEnumerable<TextBlock> Add(IReadOnlyList<string> row)
    {
        List<string> cells = [.. row.Select(cell => cell.Trim())];
        var values = cells.Count(cell => cell.Length > 0);
        if (values == 0)
            yield break;
        if (_header is not null)
        {
            _isHeaderUsed = true;
            yield return new TextBlock(TextBlockKind.Record, Text(cells));
        }
        else if (hasTitles && values == 1)
        {
            yield return new TextBlock(TextBlockKind.Paragraph, cells.First(cell => cell.Length > 0));
        }
        else if (cells.TrueForAll(IsName))
        {
            _header = cells;
        }
        else
        {
            _header = [];
            yield return new TextBlock(TextBlockKind.Record, Text(cells));
        }
    }

    /// <summary>Ends the table. A header without rows is a row.</summary>
    public IEnumerable<TextBlock> End()
    {
        if (_header is { Count: > 0 } && !_isHeaderUsed)
            yield return new TextBlock(TextBlockKind.Record, string.Join(BetweenCells, _header.Where(cell => cell.Length > 0)));
        _header = null;
        _isHeaderUsed = false;
    }

    private string Text(List<string> cells) => string.Join(
        BetweenCells,
        cells.Index().Where(cell => cell.Item.Length > 0).Select(cell => HeaderOf(cell.Index) is { Length: > 0 } header ? $"{header}: {cell.Item}" : cell.Item));

    private string HeaderOf(int column) => _header is not null && column < _header.Count ? _header[column] : "";

    /// <summary>Whether a cell may be the name of a column.</summary>
    private static bool IsName(string cell) =>
        !double.TryParse(cell, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _)
        && !DateTime.TryParseExact(cell, ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
