namespace ChatBotKit.Server.Knowledge;

/// <summary>Ranks a few texts as the index of a dataset does. Only the terms of the question are counted in them, and nothing is kept.</summary>
internal static class TextRanking
{
    /// <summary>Returns the rows of the texts that share a significant word with the question, best first.</summary>
    /// <param name="texts">The texts. The source of each is its title, which weighs more than the text.</param>
    /// <param name="question">The question.</param>
    /// <param name="take">The maximum number of rows.</param>
    public static IReadOnlyList<int> Rank(IReadOnlyList<Passage> texts, Question question, int take)
    {
        if (take <= 0 || question.Words.Count == 0)
            return [];
        var isEnglish = question.Grams.Count == 0
            ? Enumerable.Repeat(true, texts.Count)
            : EnglishTexts.JudgeAll([.. texts.Select(text => text.Text)], 0, 0);
        var words = new TermCounter(question.Words, texts.Count);
        var grams = new TermCounter(question.Grams, texts.Count);
        foreach (var (row, (text, ofEnglish)) in texts.Zip(isEnglish).Index())
        {
            Count(text.Source, Bm25.TitleWeight, ofEnglish, words, grams);
            Count(text.Text, 1, ofEnglish, words, grams);
            words.EndDocument(row);
            if (!ofEnglish)
                grams.EndDocument(row);
        }

        return Best(words, grams, take);
    }

    private static void Count(string text, int times, bool isEnglish, TermCounter words, TermCounter grams)
    {
        var reader = new TermReader(text, stackalloc char[TermReader.BufferLength]);
        while (reader.Read())
        {
            ReadOnlySpan<char> term = reader.Term;
            if (reader.Kind == CharacterKind.Letter)
            {
                if (StopWords.Contains(reader.Source))
                    continue;
                for (var i = 0; !isEnglish && i < Terms.GramCount(term); i++)
                    grams.Count(Terms.Gram(term, i), times);
                term = Terms.Stem(reader.Term);
            }

            words.Count(term, times);
        }
    }

    private static List<int> Best(TermCounter words, TermCounter grams, int take)
    {
        using var wordScores = words.Score();
        using var gramScores = grams.Score();
        var ranked = RankedRows.Of(wordScores, gramScores);
        var best = new List<int>();
        while (best.Count < take && ranked.TryDequeue(out var row, out _))
            best.Add(row);
        return best;
    }
}
