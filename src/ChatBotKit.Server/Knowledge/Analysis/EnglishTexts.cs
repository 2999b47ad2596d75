namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Decides whether a text is English, by the share of its words that are English stop words. Terms inside words help to find texts
/// of languages with many forms of a word, and only cost room and precision in English.
/// </summary>
internal static class EnglishTexts
{
    /// <summary>The number of characters that are looked at. The first lines of a text tell its language.</summary>
    private const int MaxLength = 400;

    private const int MinWords = 8;
    private const double ShareOfEnglish = 0.2;
    private const double ShareOfOthers = 0.1;

    /// <summary>
    /// Returns whether the text is English; null when it has too few words, or too few sentences among them, to tell.
    /// </summary>
    public static bool? Judge(ReadOnlySpan<char> text)
    {
        var (words, stopWords) = Count(text.Length > MaxLength ? text[..MaxLength] : text);
        if (words < MinWords)
            return null;
        var share = (double)stopWords / words;
        return share >= ShareOfEnglish ? true : share < ShareOfOthers ? false : null;
    }

    /// <summary>
    /// Judges texts that belong together. A text that can't be judged alone is of the language of most others.
    /// </summary>
    /// <param name="texts">The texts.</param>
    /// <param name="english">The number of other texts that are English.</param>
    /// <param name="others">The number of other texts that are not English.</param>
    public static bool[] JudgeAll(IReadOnlyList<string> texts, int english, int others)
    {
        bool?[] judged = [.. texts.Select(text => Judge(text))];
        english += judged.Count(isEnglish => isEnglish == true);
        others += judged.Count(isEnglish => isEnglish == false);
        return [.. judged.Select(isEnglish => isEnglish ?? english > others)];
    }

    /// <summary>Whether a question is certainly English. A question of a few names may be of any language.</summary>
    public static bool IsEnglishQuestion(ReadOnlySpan<char> question)
    {
        var (words, stopWords) = Count(question.Length > MaxLength ? question[..MaxLength] : question);
        return stopWords >= 2 && stopWords >= ShareOfEnglish * words;
    }

    private static (int Words, int StopWords) Count(ReadOnlySpan<char> text)
    {
        var (words, stopWords) = (0, 0);
        var reader = new TermReader(text, stackalloc char[TermReader.BufferLength]);
        while (reader.Read())
        {
            words++;
            if (reader.Kind == CharacterKind.Letter && StopWords.ContainsEnglish(reader.Source))
                stopWords++;
        }

        return (words, stopWords);
    }
}
