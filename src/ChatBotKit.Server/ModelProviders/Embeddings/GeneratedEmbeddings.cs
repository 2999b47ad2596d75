using ChatBotKit.Server.Knowledge;
using Microsoft.Extensions.AI;

namespace ChatBotKit.Server.ModelProviders.Embeddings;

/// <summary>An embedding model that the host program has registered.</summary>
internal sealed class GeneratedEmbeddings(
    string name, IEmbeddingGenerator<string, Embedding<float>> generator, EmbeddedTexts texts) : IEmbeddingModel
{
    private readonly EmbeddingChecks _checks = new($"embedding model {name}");

    public string Identity => name;

    public EmbeddedTexts Texts => texts;

    public async Task<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> passages, CancellationToken cancellationToken)
    {
        try
        {
            var embeddings = await generator.GenerateAsync(
                passages.Select(passage => EmbeddingChecks.Cut("", passage)), cancellationToken: cancellationToken);
            float[][] vectors = [.. embeddings.Select(embedding => embedding.Vector.ToArray())];
            _checks.Check(vectors, passages.Count);
            return vectors;
        }
        // The generator is not part of the server and may throw anything. The message may hold a text, so only the type is given.
        catch (Exception exception) when (exception is not EmbeddingException && !cancellationToken.IsCancellationRequested)
        {
            throw new EmbeddingException($"The embedding model {name} failed with {exception.GetType().Name}", exception);
        }
    }

    public async Task<float[]> EmbedQuestionAsync(string question, CancellationToken cancellationToken) =>
        (await EmbedAsync([question], cancellationToken))[0];
}
