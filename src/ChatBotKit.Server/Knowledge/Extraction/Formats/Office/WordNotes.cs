using System.Text;
using System.Xml;

namespace ChatBotKit.Server.Knowledge;

/// <summary>Reads the footnotes or endnotes of a Word document.</summary>
internal static class WordNotes
{
    /// <summary>Returns the key of a note.</summary>
    /// <param name="element">The name of an element of a note or of a reference to it.</param>
    /// <param name="id">The id of the note.</param>
    public static string KeyOf(string element, string? id) => $"{element[0]}{id}";

    /// <summary>Adds the notes of a part. The lines that separate notes from the text are notes too, without text.</summary>
    public static void Add(XmlReader xml, Dictionary<string, string> notes)
    {
        var text = new StringBuilder();
        var key = "";
        var isInText = false;
        xml.Read();
        while (!xml.EOF)
        {
            if (xml.NodeType == XmlNodeType.Element && WordText.IsSkipped(xml.LocalName))
            {
                xml.Skip();
                continue;
            }

            if (xml is { NodeType: XmlNodeType.Element, LocalName: "footnote" or "endnote" })
                key = KeyOf(xml.LocalName, xml.Attribute("id"));
            else if (xml is { NodeType: XmlNodeType.EndElement, LocalName: "footnote" or "endnote" })
                AddNote(notes, key, text);
            else if (xml.LocalName == "t")
                isInText = xml is { NodeType: XmlNodeType.Element, IsEmptyElement: false };
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName is "tab" or "br" or "p")
                text.Append(' ');
            else if (isInText && xml.IsText())
                text.Append(xml.Value);
            xml.Read();
        }
    }

    private static void AddNote(Dictionary<string, string> notes, string key, StringBuilder text)
    {
        if (text.ToString().Trim() is { Length: > 0 } note)
            notes[key] = note;
        text.Clear();
    }
}
