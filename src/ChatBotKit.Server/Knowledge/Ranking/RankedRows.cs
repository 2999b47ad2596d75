namespace ChatBotKit.Server.Knowledge;

/// <summary>The rows with a score, best first; among equal ones, the first stored.</summary>
internal static class RankedRows
{
    /// <summary>Returns a queue, because most callers take only the first rows of many.</summary>
    public static PriorityQueue<int, long> Of(TermScores words, TermScores? grams)
    {
        var scores = words.Scores;
        var others = grams is null ? default : grams.Scores;
        var ranked = new List<(int Row, long Order)>();
        for (var row = 0; row < scores.Length; row++)
        {
            var score = Score(scores, others, row);
            // The bits of positive numbers have the order of the numbers.
            if (score > 0)
                ranked.Add((row, ((long)~BitConverter.SingleToInt32Bits(score) << 32) | (uint)row));
        }

        return new PriorityQueue<int, long>(ranked);
    }

    /// <summary>Returns the score that the order is made of.</summary>
    public static float ScoreOf(int row, TermScores words, TermScores? grams) =>
        Score(words.Scores, grams is null ? default : grams.Scores, row);

    /// <summary>
    /// Returns the share of the question that a document has. Where parts of words are compared too, another form of a word counts
    /// by its parts.
    /// </summary>
    public static double ShareOf(int row, TermScores words, TermScores? grams)
    {
        var share = words.ShareOf(row) ?? 0;
        return grams?.ShareOf(row) is { } ofGrams ? (share + ofGrams) / 2 : share;
    }

    private static float Score(ReadOnlySpan<float> words, ReadOnlySpan<float> grams, int row) =>
        words[row] + (row < grams.Length ? Bm25.GramWeight * grams[row] : 0);
}
