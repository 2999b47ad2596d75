namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// Ranks passages as the index of a dataset does. The texts come with the request, so only the terms of the question are counted
/// in them, and nothing is kept. Passages after the first 10,000 are not searched, which no result shows.
/// </summary>
internal sealed class PassageSearch : IPassageSearch
{
    // Far more than a bot has. The limit keeps one request from using the processor for many seconds.
    private const int MaxPassages = 10_000;

    public IReadOnlyList<Passage> Search(IReadOnlyList<Passage> texts, string question, int take)
    {
        var asked = new Question(question);
        if (take <= 0 || asked.Words.Count == 0)
            return [];
        List<Passage> passages = [.. texts.SelectMany(PassageSplitter.Split).Take(MaxPassages)];
        var isEnglish = asked.Grams.Count == 0
            ? Enumerable.Repeat(true, passages.Count)
            : EnglishTexts.JudgeAll([.. passages.Select(passage => passage.Text)], 0, 0);
        var words = new TermCounter(asked.Words, passages.Count);
        var grams = new TermCounter(asked.Grams, passages.Count);
        foreach (var (row, (passage, ofEnglish)) in passages.Zip(isEnglish).Index())
        {
            Count(passage.Source, Bm25.TitleWeight, ofEnglish, words, grams);
            Count(passage.Text, 1, ofEnglish, words, grams);
            words.EndDocument(row);
            if (!ofEnglish)
                grams.EndDocument(row);
        }

        return Best(passages, words, grams, take);
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

    private static List<Passage> Best(List<Passage> passages, TermCounter words, TermCounter grams, int take)
    {
        using var wordScores = words.Score();
        using var gramScores = grams.Score();
        var ranked = RankedRows.Of(wordScores, gramScores);
        var best = new List<Passage>();
        while (best.Count < take && ranked.TryDequeue(out var row, out _))
            best.Add(passages[row]);
        return best;
    }
}
