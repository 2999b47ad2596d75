using System.Globalization;
using System.Text;
using System.Xml;

namespace ChatBotKit.Server.Knowledge;

/// <summary>Reads the content of an OpenDocument text without deleted text, comments and tables of contents.</summary>
internal sealed class OpenDocumentText : PartReader
{
    private const int MaxSpaces = 100;

    private static readonly HashSet<string> Skipped = new(StringComparer.Ordinal)
    {
        "annotation", "automatic-styles", "desc", "font-face-decls", "forms", "note-citation", "ruby-text", "scripts", "table-of-content", "title",
        "tracked-changes",
    };

    private readonly DocumentBlocks _blocks = new();
    private readonly Stack<int> _levels = new();
    private int _items;
    private int _notes;
    private bool _isNoteBegun;

    public IEnumerable<TextBlock> Read(XmlReader xml)
    {
        foreach (var _ in Walk(xml))
        {
            foreach (var block in _blocks.Take())
                yield return block;
        }
    }

    protected override bool Skips(XmlReader xml) => Skipped.Contains(xml.LocalName);

    protected override void Append(string text) => _blocks.Append(WithSingleSpaces(text));

    protected override void Begin(string name, XmlReader xml)
    {
        switch (name)
        {
            case "p" or "h" when _notes > 0:
                _blocks.Append(_isNoteBegun ? " " : "");
                _isNoteBegun = true;
                break;
            case "p" or "h":
                _blocks.BeginParagraph();
                _levels.Push(name == "p" ? 0 : Math.Max(1, NumberOf(xml, "outline-level")));
                break;
            case "note":
                _notes++;
                _isNoteBegun = false;
                _blocks.Append(" [");
                break;
            case "s":
                _blocks.Append(new string(' ', Math.Clamp(NumberOf(xml, "c"), 1, MaxSpaces)));
                break;
            case "tab":
                _blocks.Append("\t");
                break;
            case "line-break":
                _blocks.Append("\n");
                break;
            case "list-item":
                _items++;
                break;
            case "table-row":
                _blocks.BeginRow();
                break;
        }
    }

    protected override void End(string name)
    {
        switch (name)
        {
            case "p" or "h" when _notes == 0 && _levels.TryPop(out var level):
                _blocks.EndParagraph(level, isItem: _items > 0);
                break;
            case "note":
                _notes--;
                _blocks.Append("]");
                break;
            case "list-item":
                _items--;
                break;
            case "table-cell" or "covered-table-cell":
                _blocks.EndCell();
                break;
            case "table-row":
                _blocks.EndRow();
                break;
        }
    }

    private static int NumberOf(XmlReader xml, string attribute) =>
        int.TryParse(xml.Attribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>White space of the file is one space; several spaces have an element of their own.</summary>
    private static string WithSingleSpaces(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is not (' ' or '\t' or '\r' or '\n'))
                result.Append(c);
            else if (result.Length == 0 || result[^1] != ' ')
                result.Append(' ');
        }

        return result.ToString();
    }
}
