namespace ChatBotKit.Server.Knowledge;

/// <summary>Full-text search over texts that a request brings along.</summary>
internal interface IPassageSearch
{
    /// <summary>
    /// The passages that fit the question best, best first; empty when none shares a word that matters with it.
    /// Long texts are cut into passages first; nothing is kept between calls.
    /// </summary>
    IReadOnlyList<Passage> Search(IReadOnlyList<Passage> texts, string question, int take);
}
