using ChatBotKit.Server.Knowledge;
using Microsoft.Extensions.AI;

namespace ChatBotKit.Server.ModelProviders.Embeddings;

/// <summary>An embedding model that the host program has registered.</summary>
internal sealed class GeneratedEmbeddings(string name, IEmbeddingGenerator<string, Embedding<float>> generator) : IEmbeddingModel
{
    private readonly EmbeddingChecks _checks = new($"embedding model {name}");

    public string Identity => PassagePrefix.Length == 0 ? name : $"{name}\n{PassagePrefix}";

    public EmbeddedTexts Texts { get; init; } = EmbeddedTexts.All;

    /// <summary>Written before each question.</summary>
    public string QuestionPrefix { get; init; } = "";

    /// <summary>Written before each passage.</summary>
    public string PassagePrefix { get; init; } = "";

    public Task<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> passages, CancellationToken cancellationToken) =>
        GenerateAsync([.. passages.Select(passage => EmbeddingChecks.Cut(PassagePrefix, passage))], cancellationToken);

    public async Task<float[]> EmbedQuestionAsync(string question, CancellationToken cancellationToken) =>
        (await GenerateAsync([EmbeddingChecks.Cut(QuestionPrefix, question)], cancellationToken))[0];

    private async Task<IReadOnlyList<float[]>> GenerateAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        try
        {
            var embeddings = await generator.GenerateAsync(texts, cancellationToken: cancellationToken);
            float[][] vectors = [.. embeddings.Select(embedding => embedding.Vector.ToArray())];
            _checks.Check(vectors, texts.Count);
            return vectors;
        }
        // The generator is not part of the server and may throw anything. The message may hold a text, so only the type is given.
        catch (Exception exception) when (exception is not EmbeddingException && !cancellationToken.IsCancellationRequested)
        {
            throw new EmbeddingException($"The embedding model {name} failed with {exception.GetType().Name}", exception);
        }
    }
}
