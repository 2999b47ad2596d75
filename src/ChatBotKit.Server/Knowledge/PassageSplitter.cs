using System.Text;

namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Splits long texts into passages that can be quoted: at paragraphs, and within long paragraphs at the ends of lines or sentences.
/// Nothing is repeated, and only white space is lost.
/// </summary>
internal static class PassageSplitter
{
    private const int MaxLength = 600;
    private const int MinLength = 200;

    /// <summary>
    /// A paragraph of up to this length without a full stop is kept with the next one, as its title or question.
    /// </summary>
    private const int MaxTitleLength = 120;

    public static IEnumerable<Passage> Split(Passage text) =>
        Paragraphs(text.Text).SelectMany(Cut).Select(piece => new Passage(text.Source, piece));

    private static IEnumerable<string> Paragraphs(string text)
    {
        var paragraph = new StringBuilder();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                paragraph.Append(paragraph.Length == 0 ? "" : "\n").Append(line.TrimEnd());
            }
            else if (paragraph.Length > 0 && !IsTitle(paragraph))
            {
                yield return paragraph.ToString();
                paragraph.Clear();
            }
        }

        if (paragraph.Length > 0)
            yield return paragraph.ToString();
    }

    private static bool IsTitle(StringBuilder paragraph) =>
        paragraph.Length <= MaxTitleLength && paragraph[^1] is not ('.' or '!' or '。' or '！' or '…');

    private static IEnumerable<string> Cut(string paragraph)
    {
        for (var start = 0; start < paragraph.Length;)
        {
            var end = start + TextCuts.Find(paragraph.AsSpan(start), MaxLength, MinLength);
            var piece = paragraph.AsSpan(start, end - start).Trim();
            if (piece.Length > 0)
                yield return piece.ToString();
            start = end;
        }
    }
}
