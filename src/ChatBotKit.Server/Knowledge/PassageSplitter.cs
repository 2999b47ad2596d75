using System.Text;

namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Cuts long texts into passages that can be quoted: paragraphs, and long ones at the ends of lines or sentences.
/// Nothing is repeated and nothing but white space is lost.
/// </summary>
internal static class PassageSplitter
{
    private const int MaxLength = 600;
    private const int MinLength = 200;

    /// <summary>Up to this length, a paragraph without a full stop is the title, or the question, of the next one.</summary>
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
        var rest = paragraph.Trim();
        while (rest.Length > MaxLength)
        {
            var end = FindCut(rest);
            yield return rest[..end].TrimEnd();
            rest = rest[end..].TrimStart();
        }

        if (rest.Length > 0)
            yield return rest;
    }

    private static int FindCut(string text)
    {
        var window = text.AsSpan(0, MaxLength);
        var line = window.LastIndexOf('\n');
        if (line >= MinLength)
            return line;
        for (var i = MaxLength - 1; i >= MinLength; i--)
        {
            if (EndsSentence(text, i))
                return i + 1;
        }

        var space = window.LastIndexOfAny(" \t");
        if (space >= MinLength)
            return space;
        return char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
    }

    private static bool EndsSentence(string text, int i) => text[i] switch
    {
        '。' or '！' or '？' => true,
        '.' or '!' or '?' => char.IsWhiteSpace(text[i + 1]),
        _ => false,
    };
}
