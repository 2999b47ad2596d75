namespace ChatBotKit.Server.Knowledge;

/// <summary>A record that has words of the question.</summary>
/// <param name="Record">The id of the record.</param>
/// <param name="Score">The score of its best passage, which can be compared within a search only.</param>
/// <param name="Share">The share of the question that this passage has, from 0 to 1.</param>
/// <param name="Cosine">The cosine of this passage; null when it has no vector.</param>
/// <param name="Spans">Its passages that match, best first.</param>
internal sealed record WordHit(string Record, float Score, double Share, float? Cosine, IReadOnlyList<TextSpan> Spans);

/// <summary>A record that is near to the question.</summary>
/// <param name="Record">The id of the record.</param>
/// <param name="Cosine">The cosine of its best passage.</param>
/// <param name="Spans">Its nearest passages, best first.</param>
internal sealed record VectorHit(string Record, float Cosine, IReadOnlyList<TextSpan> Spans);

/// <summary>
/// Merges what words and vectors have found. Both lists' scores are stretched to 0..1 and count half. A record without a vector is ranked
/// by its words alone, so that one that was stored a moment ago is at no disadvantage.
/// </summary>
internal static class MergedRanking
{
    /// <summary>The number of records of each list that are merged.</summary>
    public const int Depth = 100;

    private const int MaxPassages = 5;

    public static IReadOnlyList<FoundRecord> Of(IReadOnlyList<WordHit> words, IReadOnlyList<VectorHit> vectors, int take)
    {
        var near = vectors.ToDictionary(hit => hit.Record, StringComparer.Ordinal);
        var (wordScale, vectorScale) = (Scale.Of(words.Select(hit => hit.Score)), Scale.Of(vectors.Select(hit => hit.Cosine)));
        var merged = new List<(double Rank, FoundRecord Found)>();
        foreach (var hit in words)
        {
            var ofWords = wordScale.Stretch(hit.Score);
            if (near.Remove(hit.Record, out var nearHit))
                merged.Add(((ofWords + vectorScale.Stretch(nearHit.Cosine)) / 2, new(hit.Record, nearHit.Cosine, Merge(hit.Spans, nearHit.Spans))));
            else if (hit.Cosine is { } cosine)
                merged.Add((ofWords / 2, new(hit.Record, cosine, hit.Spans)));
            else
                merged.Add((ofWords, new(hit.Record, hit.Share, hit.Spans)));
        }

        merged.AddRange(near.Values.Select(hit => (vectorScale.Stretch(hit.Cosine) / 2, new FoundRecord(hit.Record, hit.Cosine, hit.Spans))));
        return [.. merged.OrderByDescending(one => one.Rank).ThenByDescending(one => one.Found.Score).Take(take).Select(one => one.Found)];
    }

    /// <summary>Merges two lists of passages, the best of each first.</summary>
    private static List<TextSpan> Merge(IReadOnlyList<TextSpan> first, IReadOnlyList<TextSpan> second)
    {
        var merged = new List<TextSpan>();
        for (var i = 0; i < Math.Max(first.Count, second.Count) && merged.Count < MaxPassages; i++)
        {
            foreach (var list in (ReadOnlySpan<IReadOnlyList<TextSpan>>)[first, second])
            {
                if (i < list.Count && !merged.Contains(list[i]) && merged.Count < MaxPassages)
                    merged.Add(list[i]);
            }
        }

        return merged;
    }

    /// <summary>The lowest and highest score of a list.</summary>
    private readonly record struct Scale(double Least, double Most)
    {
        public static Scale Of(IEnumerable<float> scores)
        {
            var (least, most) = (double.MaxValue, double.MinValue);
            foreach (var score in scores)
                (least, most) = (Math.Min(least, score), Math.Max(most, score));
            return new(least, most);
        }

        public double Stretch(double score) => Most > Least ? (score - Least) / (Most - Least) : 1;
    }
}
