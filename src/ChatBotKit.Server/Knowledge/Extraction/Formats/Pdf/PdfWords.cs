using System.Text;

namespace ChatBotKit.Server.Knowledge;

/// <summary>Joins lines, and the words that are divided between them.</summary>
internal sealed class PdfWords
{
    private readonly HashSet<string> _words = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Initializes a new instance with all lines of the document, whose words decide where a hyphen belongs to a word.</summary>
    public PdfWords(IEnumerable<PdfLine> lines)
    {
        foreach (var word in lines.SelectMany(line => line.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            _words.Add(word.Trim('.', ',', ';', ':', '!', '?', '(', ')', '"', '“', '”', '„', '«', '»'));
    }

    public string Join(IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            if (text.Length == 0)
                text.Append(line);
            else if (IsDivided(text, line))
                AppendRest(text, line);
            else
                text.Append(IsUnspaced(text[^1]) && IsUnspaced(line[0]) ? "" : " ").Append(line);
        }

        return text.ToString();
    }

    private static bool IsDivided(StringBuilder text, string line) =>
        text.Length > 1 && text[^1] is '-' or '\u00AD' or '\u2010' && char.IsLetter(text[^2]) && char.IsLower(line[0]);

    /// <summary>Appends the second half of a word. The hyphen stays where only both halves are words of the document.</summary>
    private void AppendRest(StringBuilder text, string line)
    {
        var start = text.Length - 1;
        while (start > 0 && char.IsLetter(text[start - 1]))
            start--;
        var first = text.ToString(start, text.Length - 1 - start);
        var second = new string([.. line.TakeWhile(char.IsLetter)]);
        var keepsHyphen = !_words.Contains(first + second) && _words.Contains(first) && _words.Contains(second);
        if (!keepsHyphen)
            text.Length--;
        text.Append(line);
    }

    private static bool IsUnspaced(char c) => CharacterTable.KindOf(c) is CharacterKind.Pair or CharacterKind.Triple || c is '。' or '、' or '，';
}
