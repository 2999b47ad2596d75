namespace ChatBotKit.Bench.Knowledge;

/// <summary>The usual measures of a ranking among the first ten texts, as means over the questions of a collection.</summary>
internal sealed record RankingQuality(double Ndcg, double Recall, double ReciprocalRank)
{
    public const int Depth = 10;

    /// <param name="collection">The texts, questions and judgements.</param>
    /// <param name="find">Returns the ids of the texts for a question, best first.</param>
    public static RankingQuality Measure(Collection collection, Func<string, IEnumerable<string>> find)
    {
        var each = new List<RankingQuality>();
        foreach (var question in collection.Questions)
        {
            var grades = collection.Judgements[question.Id].Where(one => one.Grade > 0).ToDictionary(one => one.Text, one => one.Grade);
            if (grades.Count > 0)
                each.Add(Of([.. find(question.Text).Take(Depth)], grades));
        }

        return new RankingQuality(each.Average(one => one.Ndcg), each.Average(one => one.Recall), each.Average(one => one.ReciprocalRank));
    }

    private static RankingQuality Of(List<string> found, Dictionary<string, int> grades)
    {
        var gained = found.Select(id => grades.GetValueOrDefault(id)).ToList();
        var first = gained.FindIndex(grade => grade > 0);
        return new RankingQuality(
            Discounted(gained) / Discounted(grades.Values.OrderDescending().Take(Depth)),
            (double)gained.Count(grade => grade > 0) / grades.Count,
            first < 0 ? 0 : 1.0 / (first + 1));
    }

    private static double Discounted(IEnumerable<int> grades) => grades.Index().Sum(one => one.Item / Math.Log2(one.Index + 2));
}
