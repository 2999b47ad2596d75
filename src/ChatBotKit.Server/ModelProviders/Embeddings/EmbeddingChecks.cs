using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.ModelProviders.Embeddings;

/// <summary>
/// Checks the vectors of a model: as many as there were texts, all with the dimensions of the first one of this process, and finite. One
/// that is not would be stored, and spoil searches for as long as its text exists.
/// </summary>
internal sealed class EmbeddingChecks(string name)
{
    /// <summary>The texts are truncated to this number of tokens, which is the limit of the largest models.</summary>
    public const int MaxTokens = 8_000;

    private int _dimensions;

    /// <exception cref="EmbeddingException">The vectors can't be used.</exception>
    public void Check(IReadOnlyList<float[]> vectors, int texts)
    {
        if (vectors.Count != texts)
            throw Wrong($"returned {vectors.Count} vectors for {texts} texts");
        foreach (var vector in vectors)
        {
            var known = Interlocked.CompareExchange(ref _dimensions, vector.Length, 0);
            if (vector.Length == 0 || (known != 0 && known != vector.Length))
                throw Wrong($"returned a vector of {vector.Length} dimensions, after one of {known}");
            foreach (var value in vector)
            {
                if (!float.IsFinite(value))
                    throw Wrong("returned a vector with a value that is not finite");
            }
        }
    }

    /// <summary>Returns the text as the model gets it.</summary>
    public static string Cut(string prefix, string text) => prefix + text[..TokenEstimate.Fit(text, MaxTokens)];

    private EmbeddingException Wrong(string how) => new($"The {name} {how}");
}
