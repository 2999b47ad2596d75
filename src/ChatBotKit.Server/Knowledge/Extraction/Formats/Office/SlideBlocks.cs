using System.Xml;
using DocumentFormat.OpenXml.Packaging;

namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Reads presentations (PPTX): each slide is a page under its title, with its notes at the end. Hidden slides are left out.
/// </summary>
internal static class SlideBlocks
{
    public static IEnumerable<TextBlock> Read(byte[] bytes)
    {
        using var document = PresentationDocument.Open(new MemoryStream(bytes, writable: false), isEditable: false, OfficeParts.Settings);
        if (document.PresentationPart is not { } presentation)
            throw FileRefusedException.Damaged();
        var number = 0;
        foreach (var id in SlideIds(presentation))
        {
            number++;
            if (!presentation.TryGetPartById(id, out var part) || part is not SlidePart slide)
                continue;
            foreach (var block in Read(slide, number))
                yield return block;
        }
    }

    /// <summary>Returns the ids of the slides in their order.</summary>
    private static List<string> SlideIds(PresentationPart presentation)
    {
        var ids = new List<string>();
        using var xml = presentation.OpenXml();
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "sldId" } && RelationshipOf(xml) is { } id)
                ids.Add(id);
        }

        return ids;
    }

    // The element has another attribute of the same local name, which is in no namespace.
    private static string? RelationshipOf(XmlReader xml)
    {
        string? id = null;
        while (id is null && xml.MoveToNextAttribute())
        {
            if (xml.LocalName == "id" && xml.NamespaceURI.Length > 0)
                id = xml.Value;
        }

        xml.MoveToElement();
        return id;
    }

    private static List<TextBlock> Read(SlidePart part, int number)
    {
        using var xml = part.OpenXml();
        var slide = SlideText.Read(xml, number);
        if (slide.IsHidden)
            return [];
        var blocks = new List<TextBlock>();
        if (slide.Title.Count > 0 || slide.Blocks.Count > 0)
            blocks.Add(new TextBlock(TextBlockKind.Heading, slide.Title.Count > 0 ? string.Join(' ', slide.Title) : $"Slide {number}", 1, number));
        blocks.AddRange(slide.Blocks);
        if (part.NotesSlidePart is not { } notes)
            return blocks;
        using var noteXml = notes.OpenXml();
        blocks.AddRange(SlideText.Read(noteXml, number, isNotes: true).Blocks);
        return blocks;
    }
}
