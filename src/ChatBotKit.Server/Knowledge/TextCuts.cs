namespace ChatBotKit.Server.Knowledge;

/// <summary>Finds places at which a text may be cut: between paragraphs, lines, sentences, words, or else characters.</summary>
internal static class TextCuts
{
    /// <summary>Returns the length of the first piece of a text, which has at most <paramref name="max"/> characters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="max">The length of the longest piece.</param>
    /// <param name="min">The length from which a piece is long enough to end at a better place.</param>
    public static int Find(ReadOnlySpan<char> text, int max, int min)
    {
        if (text.Length <= max)
            return text.Length;
        var window = text[..max];
        var paragraph = Math.Max(window.LastIndexOf("\n\n"), window.LastIndexOf("\n\r\n"));
        if (paragraph >= min)
            return paragraph;
        var line = window.LastIndexOf('\n');
        if (line >= min)
            return line;
        for (var i = max - 1; i >= min; i--)
        {
            if (EndsSentence(text, i))
                return i + 1;
        }

        var space = window.LastIndexOfAny(" \t\u3000");
        if (space >= min)
            return space;
        return max > 1 && char.IsHighSurrogate(window[^1]) ? max - 1 : max;
    }

    private static bool EndsSentence(ReadOnlySpan<char> text, int i) => text[i] switch
    {
        '。' or '！' or '？' or '｡' or '।' or '؟' or '۔' => true,
        '.' or '!' or '?' or '…' => char.IsWhiteSpace(text[i + 1]),
        _ => false,
    };
}
