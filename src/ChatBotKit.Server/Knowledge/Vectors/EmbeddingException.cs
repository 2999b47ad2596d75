namespace ChatBotKit.Server.Knowledge;

/// <summary>An embedding model or a reranker failed. The message is written for the log; it holds no text of a record or question.</summary>
internal sealed class EmbeddingException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether the model refused the texts, for example because one is too long. The same texts would be refused again.</summary>
    public bool IsOfTexts { get; init; }

    /// <summary>How long the model asks to wait before the next request; null when it does not say so.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>A model returned vectors of other dimensions than the stored ones, so it is another model under the same name.</summary>
internal sealed class VectorDimensionsException(int found, int? stored)
    : Exception($"The model's vectors have {found} dimensions, but the stored ones have {stored}; they are computed again");
