using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Features.Datasets.Embedding;

/// <summary>
/// Has a model compute the vectors of passages. When it refuses them, the one that is too long for it is looked for and shortened.
/// </summary>
internal sealed class PassageEmbedder(IEmbeddingModel model)
{
    /// <summary>A text that is refused although it is shorter has no vector.</summary>
    private const int ShortText = 400;

    private const string AnyText = "text";

    /// <summary>Returns the vectors in the order of the texts; null for a text that the model refuses at any length.</summary>
    /// <exception cref="EmbeddingException">The model failed, or refuses every text.</exception>
    public async Task<IReadOnlyList<float[]?>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        try
        {
            return await model.EmbedAsync(texts, cancellationToken);
        }
        catch (EmbeddingException exception) when (exception.IsOfTexts)
        {
            await CheckAsync(cancellationToken);
        }

        var vectors = new List<float[]?>();
        foreach (var text in texts)
            vectors.Add(await EmbedAsync(text, cancellationToken));
        return vectors;
    }

    private async Task<float[]?> EmbedAsync(string text, CancellationToken cancellationToken)
    {
        for (var length = text.Length; ; length /= 2)
        {
            var start = text[..(length > 1 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
            try
            {
                return (await model.EmbedAsync([start], cancellationToken))[0];
            }
            catch (EmbeddingException exception) when (exception.IsOfTexts)
            {
                if (length <= ShortText)
                    return null;
            }
        }
    }

    /// <summary>
    /// Checks that the model takes any text at all. An endpoint that refuses every text, for example because it does not know the model any
    /// more, must not make each text look as if it were the one to blame.
    /// </summary>
    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await model.EmbedAsync([AnyText], cancellationToken);
        }
        catch (EmbeddingException exception) when (exception.IsOfTexts)
        {
            throw new EmbeddingException(exception.Message, exception);
        }
    }
}
