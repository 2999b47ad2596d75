namespace ChatBotKit.Server.Knowledge;

/// <summary>Puts texts in order by a model that reads each together with the question, which is slower and finer than a search.</summary>
internal interface IReranker
{
    /// <summary>Ranks texts.</summary>
    /// <param name="model">The name of the model, which the endpoint knows.</param>
    /// <param name="question">The question.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The places of texts in the list, best first. Those that the model left out are not in it.</returns>
    /// <exception cref="EmbeddingException">The endpoint failed.</exception>
    Task<IReadOnlyList<int>> RankAsync(string model, string question, IReadOnlyList<string> texts, CancellationToken cancellationToken);
}
