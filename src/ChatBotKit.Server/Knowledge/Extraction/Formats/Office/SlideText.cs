using System.Xml;

namespace ChatBotKit.Server.Knowledge;

/// <summary>Reads the text of a slide, or of its notes.</summary>
internal sealed class SlideText : PartReader
{
    private readonly DocumentBlocks _blocks;
    private readonly bool _isNotes;
    private readonly List<string> _title = [];
    private readonly List<TextBlock> _read = [];
    private string? _placeholder;
    private bool _isInText;

    private SlideText(int number, bool isNotes)
    {
        _blocks = new DocumentBlocks(number);
        _isNotes = isNotes;
    }

    public IReadOnlyList<string> Title => _title;

    public IReadOnlyList<TextBlock> Blocks => _read;

    public bool IsHidden { get; private set; }

    /// <param name="xml">The part.</param>
    /// <param name="number">The number of the slide.</param>
    /// <param name="isNotes">Whether the part is the page of the notes, which also has a picture of the slide, a date and numbers.</param>
    public static SlideText Read(XmlReader xml, int number, bool isNotes = false)
    {
        var slide = new SlideText(number, isNotes);
        foreach (var _ in slide.Walk(xml))
        {
            // The reader keeps what it finds.
        }

        return slide;
    }

    /// <summary>Whether this is a second copy of the content before it, for older programs.</summary>
    protected override bool Skips(XmlReader xml) => xml.LocalName == "Fallback";

    protected override void Append(string text)
    {
        if (_isInText)
            _blocks.Append(text);
    }

    protected override void Begin(string name, XmlReader xml)
    {
        switch (name)
        {
            case "sld":
                IsHidden = xml.Attribute("show") is "0" or "false";
                break;
            case "sp" or "graphicFrame":
                _placeholder = null;
                break;
            case "ph":
                _placeholder = xml.Attribute("type") ?? "";
                break;
            case "p":
                _blocks.BeginParagraph();
                break;
            case "t":
                _isInText = true;
                break;
            case "br":
                _blocks.Append("\n");
                break;
            case "tab":
                _blocks.Append("\t");
                break;
            case "tr":
                _blocks.BeginRow();
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
            case "p":
                _blocks.EndParagraph();
                Keep();
                break;
            case "tc":
                _blocks.EndCell();
                break;
            case "tr":
                _blocks.EndRow();
                Keep();
                break;
        }
    }

    private void Keep()
    {
        foreach (var block in _blocks.Take())
        {
            if (_isNotes ? _placeholder == "body" : _placeholder is not ("dt" or "ftr" or "hdr" or "sldNum" or "title" or "ctrTitle"))
                _read.Add(block);
            else if (!_isNotes && _placeholder is "title" or "ctrTitle")
                _title.Add(block.Text.ReplaceLineEndings(" "));
        }
    }
}
