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
        return [.. TextRanking.Rank(passages, asked, take).Select(row => passages[row])];
    }
}
