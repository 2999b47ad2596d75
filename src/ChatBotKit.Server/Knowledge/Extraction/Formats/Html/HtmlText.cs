using System.Text;

namespace ChatBotKit.Server.Knowledge;

/// <summary>Makes blocks of the elements and texts of a page, which come in its order.</summary>
internal sealed class HtmlText
{
    private const string BetweenCells = " | ";

    private static readonly HashSet<string> Blocklike = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "blockquote", "body", "caption", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "form", "h1",
        "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
    };

    private readonly List<TextBlock> _blocks = [];
    private readonly StringBuilder _text = new();
    private readonly List<string> _cells = [];
    private int _rows;
    private int _preformatted;

    public IReadOnlyList<TextBlock> Blocks => _blocks;

    private bool IsInRow => _rows > 0;

    public void Begin(string element)
    {
        switch (element)
        {
            case "br":
                _text.Append('\n');
                break;
            case "tr":
                if (!IsInRow)
                    End();
                _rows++;
                break;
            default:
                Separate(element);
                break;
        }

        if (element == "pre")
            _preformatted++;
    }

    public void End(string element)
    {
        switch (element)
        {
            case "tr":
                EndRow();
                break;
            case "td" or "th" when _rows == 1:
                _cells.Add(Take());
                break;
            case ['h', >= '1' and <= '6' and var level] when !IsInRow:
                Add(TextBlockKind.Heading, level - '0');
                break;
            case "pre":
                _preformatted--;
                if (!IsInRow)
                    Add(TextBlockKind.Code);
                break;
            default:
                Separate(element);
                break;
        }
    }

    /// <summary>Ends the current paragraph.</summary>
    public void End() => Add(TextBlockKind.Paragraph);

    public void Append(string text)
    {
        if (_preformatted > 0)
        {
            _text.Append(text);
            return;
        }

        foreach (var character in text)
        {
            if (!char.IsWhiteSpace(character))
                _text.Append(character);
            else if (_text.Length > 0 && !char.IsWhiteSpace(_text[^1]))
                _text.Append(' ');
        }
    }

    /// <summary>Keeps the texts of two elements apart. Blocks within a row are one text.</summary>
    private void Separate(string element)
    {
        if (!IsInRow && Blocklike.Contains(element))
            End();
        else if (IsInRow || Blocklike.Contains(element))
            Append(" ");
    }

    private void EndRow()
    {
        _rows--;
        if (IsInRow)
            return;
        if (Take() is { Length: > 0 } rest)
            _cells.Add(rest);
        if (_cells.Exists(cell => cell.Length > 0))
            _blocks.Add(new TextBlock(TextBlockKind.TableRow, string.Join(BetweenCells, _cells)));
        _cells.Clear();
    }

    private void Add(TextBlockKind kind, int level = 0)
    {
        if (Take(isCode: kind == TextBlockKind.Code) is { Length: > 0 } text)
            _blocks.Add(new TextBlock(kind, text, level));
    }

    private string Take(bool isCode = false)
    {
        var text = _text.ToString();
        _text.Clear();
        return isCode ? text.Trim('\r', '\n').TrimEnd() : text.Trim();
    }
}
