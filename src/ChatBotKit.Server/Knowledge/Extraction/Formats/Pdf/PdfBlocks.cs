using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;

namespace ChatBotKit.Server.Knowledge;

/// <summary>Reads PDF files.</summary>
internal static class PdfBlocks
{
    /// <summary>Letters from this part larger than those of most of the text are a heading.</summary>
    private const double HeadingSize = 1.15;

    private const int MaxHeading = 150;
    private const int MaxLevel = 6;

    public static IEnumerable<TextBlock> Read(byte[] bytes)
    {
        var pages = ReadPages(bytes);
        if (pages.All(page => page.Count == 0))
            throw new FileRefusedException(FileRefusalCodes.Empty, "The file has pages without text, such as scanned ones. Run a text recognition over it first.");
        List<PdfLine> lines = [.. PdfMargins.Remove(pages)];
        // Where every page has the same few lines, these are the text.
        if (lines.Count == 0)
            lines = [.. pages.SelectMany(page => page)];
        var words = new PdfWords(lines);
        var body = BodySize(lines);
        var sizes = lines.Where(line => IsHeading(line, body)).Select(line => Math.Round(line.Size)).Distinct().OrderDescending().ToList();
        foreach (var block in Blocks(lines, body))
        {
            var text = words.Join(block.Select(line => line.Text));
            var isHeading = IsHeading(block[0], body) && text.Length <= MaxHeading;
            yield return isHeading
                ? new TextBlock(TextBlockKind.Heading, text, Math.Min(MaxLevel, sizes.IndexOf(Math.Round(block[0].Size)) + 1), block[0].Page)
                : new TextBlock(TextBlockKind.Paragraph, text, Page: block[0].Page);
        }
    }

    private static List<List<PdfLine>> ReadPages(byte[] bytes)
    {
        try
        {
            using var document = PdfDocument.Open(bytes, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true });
            return [.. document.GetPages().Select(PdfLines.Of)];
        }
        catch (PdfDocumentEncryptedException)
        {
            throw FileRefusedException.Encrypted();
        }
    }

    /// <summary>Returns the size of most of the letters.</summary>
    private static double BodySize(List<PdfLine> lines) => lines
        .GroupBy(line => Math.Round(line.Size))
        .MaxBy(size => size.Sum(line => line.Text.Length))?.Key ?? 0;

    private static bool IsHeading(PdfLine line, double body) => Math.Round(line.Size) > body * HeadingSize;

    /// <summary>Returns the lines of each paragraph and heading. A paragraph ends with its page, so that its page number is right.</summary>
    private static IEnumerable<List<PdfLine>> Blocks(List<PdfLine> lines, double body)
    {
        var block = new List<PdfLine>();
        foreach (var line in lines)
        {
            var isOther = block.Count > 0
                && (line.BeginsBlock || line.Page != block[^1].Page || IsHeading(line, body) != IsHeading(block[^1], body));
            if (isOther)
            {
                yield return block;
                block = [];
            }

            block.Add(line);
        }

        if (block.Count > 0)
            yield return block;
    }
}
