using System.Xml;

namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Reads the text of a Word document. Left out are deleted and moved text, hidden text, phonetic guides, and the second copy of text boxes
/// that the format has for older programs.
/// </summary>
/// <param name="styles">The styles of the document.</param>
/// <param name="notes">The footnotes and endnotes, by <see cref="WordNotes.KeyOf"/>. Each is read at its first reference.</param>
internal sealed class WordText(WordStyles styles, Dictionary<string, string> notes) : PartReader
{
    private static readonly HashSet<string> Skipped = new(StringComparer.Ordinal)
    {
        "del", "delText", "Fallback", "instrText", "moveFrom", "pPrChange", "rPrChange", "rt", "sectPr", "tabs", "tblPrChange", "tcPrChange", "trPrChange",
    };

    private readonly DocumentBlocks _blocks = new();
    private readonly Stack<(int Level, bool IsItem)> _paragraphs = new();
    private bool _isInText;
    private bool _isHidden;
    private bool _isInRowProperties;
    private bool _isRowDeleted;

    public static bool IsSkipped(string localName) => Skipped.Contains(localName);

    public IEnumerable<TextBlock> Read(XmlReader xml)
    {
        foreach (var _ in Walk(xml))
        {
            foreach (var block in _blocks.Take())
                yield return block;
        }
    }

    protected override bool Skips(XmlReader xml)
    {
        // Among the properties of a row it means that the row is deleted.
        _isRowDeleted |= _isInRowProperties && xml.LocalName == "del";
        return IsSkipped(xml.LocalName);
    }

    protected override void Append(string text)
    {
        if (_isInText && !_isHidden)
            _blocks.Append(text);
    }

    protected override void Begin(string name, XmlReader xml)
    {
        switch (name)
        {
            case "p":
                _blocks.BeginParagraph();
                _paragraphs.Push((0, false));
                break;
            case "tr":
                _blocks.BeginRow();
                _isRowDeleted = false;
                break;
            case "trPr":
                _isInRowProperties = true;
                break;
            case "pStyle" or "outlineLvl" or "numId":
                SetParagraph(name, xml.Attribute("val"));
                break;
            default:
                BeginInRun(name, xml);
                break;
        }
    }

    protected override void End(string name)
    {
        switch (name)
        {
            case "t":
                _isInText = false;
                break;
            case "p" when _paragraphs.TryPop(out var paragraph):
                _blocks.EndParagraph(paragraph.Level, paragraph.IsItem);
                break;
            case "tc":
                _blocks.EndCell();
                break;
            case "tr":
                _blocks.EndRow(isKept: !_isRowDeleted);
                break;
            case "trPr":
                _isInRowProperties = false;
                break;
        }
    }

    private void BeginInRun(string name, XmlReader xml)
    {
        switch (name)
        {
            case "r":
                _isHidden = false;
                break;
            case "vanish":
                _isHidden = xml.IsOn();
                break;
            case "t":
                _isInText = true;
                break;
            case "tab":
                _blocks.Append("\t");
                break;
            case "br" or "cr":
                _blocks.Append("\n");
                break;
            case "noBreakHyphen":
                _blocks.Append("-");
                break;
            case "footnoteReference" or "endnoteReference":
                if (notes.Remove(WordNotes.KeyOf(name, xml.Attribute("id")), out var note))
                    _blocks.Append($" [{note}]");
                break;
        }
    }

    private void SetParagraph(string name, string? value)
    {
        if (!_paragraphs.TryPop(out var paragraph))
            return;
        _paragraphs.Push(name switch
        {
            "pStyle" => styles.Find(value),
            "outlineLvl" => paragraph with { Level = WordStyles.LevelOfOutline(value) },
            _ => paragraph with { IsItem = value != "0" },
        });
    }
}
