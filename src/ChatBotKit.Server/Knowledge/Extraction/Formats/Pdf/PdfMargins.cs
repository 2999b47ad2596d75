using System.Text.RegularExpressions;

namespace ChatBotKit.Server.Knowledge;

/// <summary>Removes what the layout of a document adds to its text: running titles, page numbers, dotted lines of a table of contents.</summary>
internal static partial class PdfMargins
{
    private const int MarginLines = 2;
    private const int MinPages = 3;

    public static IEnumerable<PdfLine> Remove(List<List<PdfLine>> pages)
    {
        var repeated = Repeated(pages);
        foreach (var page in pages)
        {
            var beginsBlock = false;
            foreach (var (index, line) in page.Index())
            {
                beginsBlock |= line.BeginsBlock;
                if ((IsInMargin(index, page.Count) && (repeated.Contains(Pattern(line)) || PageNumber().IsMatch(line.Text))) || Dots().IsMatch(line.Text))
                    continue;
                yield return line with { BeginsBlock = beginsBlock };
                beginsBlock = false;
            }
        }
    }

    /// <summary>Returns the lines that are in the margin of most pages, where numbers do not count.</summary>
    private static HashSet<string> Repeated(List<List<PdfLine>> pages)
    {
        if (pages.Count < MinPages)
            return [];
        return [.. pages
            .SelectMany(page => page.Where((_, index) => IsInMargin(index, page.Count)).Select(Pattern).Distinct())
            .GroupBy(pattern => pattern)
            .Where(pattern => pattern.Count() > pages.Count / 2)
            .Select(pattern => pattern.Key)];
    }

    private static bool IsInMargin(int index, int count) => index < MarginLines || index >= count - MarginLines;

    private static string Pattern(PdfLine line) => Digits().Replace(line.Text, "#");

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();

    [GeneratedRegex(@"^[\s\-–—]*(?:\d{1,4}|[ivxlc]{1,6})[\s\-–—]*$")]
    private static partial Regex PageNumber();

    [GeneratedRegex(@"(?:[.·…] ?){5,}\s*[\divxlc]+$")]
    private static partial Regex Dots();
}
