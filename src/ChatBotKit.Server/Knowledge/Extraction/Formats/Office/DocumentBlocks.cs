using System.Text;

namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Makes blocks of the paragraphs and tables of an office document, which come in its order. A paragraph may contain others, as those of
/// a text box. Paragraphs and tables in a cell become the text of the cell.
/// </summary>
/// <param name="page">The number of the page or slide; null for documents without pages.</param>
internal sealed class DocumentBlocks(int? page = null)
{
    private const string BetweenCells = " | ";

    private readonly List<TextBlock> _blocks = [];
    private readonly Stack<StringBuilder> _paragraphs = new();
    private readonly StringBuilder _cell = new();
    private readonly List<string> _cells = [];
    private int _rows;

    private bool IsInRow => _rows > 0;

    public void BeginParagraph() => _paragraphs.Push(new StringBuilder());

    public void Append(string text)
    {
        if (_paragraphs.TryPeek(out var paragraph))
            paragraph.Append(text);
    }

    /// <param name="level">The level of a heading; 0 for a paragraph.</param>
    /// <param name="isItem">Whether the paragraph is an item of a list.</param>
    public void EndParagraph(int level = 0, bool isItem = false)
    {
        if (!_paragraphs.TryPop(out var paragraph) || paragraph.ToString().Trim() is not { Length: > 0 } text)
            return;
        if (IsInRow)
            _cell.Append(_cell.Length > 0 ? " " : "").Append(OnOneLine(text));
        else if (level > 0)
            _blocks.Add(new TextBlock(TextBlockKind.Heading, OnOneLine(text), level, page));
        else
            _blocks.Add(new TextBlock(TextBlockKind.Paragraph, isItem ? $"- {text}" : text, Page: page));
    }

    public void BeginRow() => _rows++;

    public void EndCell()
    {
        if (_rows != 1)
            return;
        _cells.Add(_cell.ToString());
        _cell.Clear();
    }

    /// <param name="isKept">Whether the row is text of the document; it is not when it was deleted with changes being tracked.</param>
    public void EndRow(bool isKept = true)
    {
        if (--_rows > 0)
            return;
        _rows = 0;
        if (isKept && _cells.Exists(cell => cell.Length > 0))
            _blocks.Add(new TextBlock(TextBlockKind.TableRow, string.Join(BetweenCells, _cells), Page: page));
        _cells.Clear();
        _cell.Clear();
    }

    /// <summary>Returns the blocks since the last call.</summary>
    public List<TextBlock> Take()
    {
        if (_blocks.Count == 0)
            return [];
        List<TextBlock> taken = [.. _blocks];
        _blocks.Clear();
        return taken;
    }

    private static string OnOneLine(string text) => text.AsSpan().ContainsAny('\n', '\t') ? text.Replace('\n', ' ').Replace('\t', ' ') : text;
}
