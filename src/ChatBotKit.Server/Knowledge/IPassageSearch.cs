namespace ChatBotKit.Server.Knowledge;

/// <summary>Full-text search over the texts of a request.</summary>
internal interface IPassageSearch
{
    /// <summary>
    /// Finds the passages that match the question, best first. The list is empty when no text shares a significant word with the
    /// question. Long texts are split into passages first; nothing is kept between calls.
    /// </summary>
    IReadOnlyList<Passage> Search(IReadOnlyList<Passage> texts, string question, int take);
}
