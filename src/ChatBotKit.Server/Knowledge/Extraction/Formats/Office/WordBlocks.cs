using DocumentFormat.OpenXml.Packaging;

namespace ChatBotKit.Server.Knowledge;

/// <summary>Reads Word documents (DOCX). Headers, footers and comments are left out.</summary>
internal static class WordBlocks
{
    public static IEnumerable<TextBlock> Read(byte[] bytes)
    {
        using var document = WordprocessingDocument.Open(new MemoryStream(bytes, writable: false), isEditable: false, OfficeParts.Settings);
        if (document.MainDocumentPart is not { } main)
            throw FileRefusedException.Damaged();
        var notes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in new OpenXmlPart?[] { main.FootnotesPart, main.EndnotesPart }.OfType<OpenXmlPart>())
        {
            using var xml = part.OpenXml();
            WordNotes.Add(xml, notes);
        }

        var text = new WordText(StylesOf(main), notes);
        using var body = main.OpenXml();
        foreach (var block in text.Read(body))
            yield return block;
    }

    private static WordStyles StylesOf(MainDocumentPart main)
    {
        if (main.StyleDefinitionsPart is not { } part)
            return new WordStyles();
        using var xml = part.OpenXml();
        return WordStyles.Read(xml);
    }
}
