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
/// Merges what words and vectors have found. Both scores are stretched to 0..1 and count half: the highest is 1; 0 is a record without a
/// word of the question, and one whose cosine is only the average. A record without a vector is ranked by its words alone, so that one that
/// was stored a moment ago is at no disadvantage.
/// </summary>
internal static class MergedRanking
{
    /// <summary>The number of records of each list that are merged.</summary>
    public const int Depth = 100;

    private const int MaxPassages = 5;

    /// <param name="words">The records with the highest scores of words, best first.</param>
    /// <param name="vectors">The records with the highest cosines, best first.</param>
    /// <param name="average">The average cosine of all records.</param>
    /// <param name="take">The number of records to return at most.</param>
    public static IReadOnlyList<FoundRecord> Of(
        IReadOnlyList<WordHit> words, IReadOnlyList<VectorHit> vectors, float average, int take)
    {
        var near = vectors.ToDictionary(hit => hit.Record, StringComparer.Ordinal);
        var wordScale = new Scale(0, words.Count > 0 ? words[0].Score : 0);
        var vectorScale = new Scale(average, vectors.Count > 0 ? vectors[0].Cosine : 0);
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

    /// <summary>The scores that become 0 and 1.</summary>
    private readonly record struct Scale(double Zero, double One)
    {
        public double Stretch(double score) => One > Zero ? Math.Max(0, (score - Zero) / (One - Zero)) : 1;
    }
}
