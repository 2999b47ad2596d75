namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// A model that turns texts into vectors, so that texts of a like meaning have vectors of a like direction. It may be called by several
/// threads at the same time.
/// </summary>
internal interface IEmbeddingModel
{
    /// <summary>
    /// Identifies the model and everything else that its vectors depend on. Vectors are compared only with those of the same identity.
    /// </summary>
    string Identity { get; }

    /// <summary>The languages whose texts are given to the model.</summary>
    EmbeddedTexts Texts { get; }

    /// <summary>Returns the vectors of passages, in their order. All have the same length, and every value is finite.</summary>
    /// <exception cref="EmbeddingException">The model failed, or refused the texts.</exception>
    Task<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> passages, CancellationToken cancellationToken);

    /// <summary>Returns the vector of a question, to be compared with those of passages.</summary>
    /// <exception cref="EmbeddingException">The model failed, or refused the question.</exception>
    Task<float[]> EmbedQuestionAsync(string question, CancellationToken cancellationToken);
}

/// <summary>The texts that get a vector. The others are found by their words alone.</summary>
internal enum EmbeddedTexts
{
    None,

    /// <summary>English ones. A model of one language places texts of another one badly, which costs more than vectors give.</summary>
    English,

    All,
}
