using Microsoft.Extensions.AI;

namespace ChatBotKit;

/// <summary>
/// Computes embeddings with an ONNX model in the process, on the processor. Vectors have the length 1. Thread-safe: two batches of at most
/// four texts are computed at the same time, and further ones wait.
/// </summary>
public sealed class OnnxEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    // Larger batches are not faster on a processor, and need much more memory.
    private const int BatchSize = 4;
    private const int MaxBatches = 2;

    private readonly TextTokens _tokens;
    private readonly SentenceModel _model;
    private readonly int _maxTokens;
    private readonly EmbeddingGeneratorMetadata _metadata;
    private readonly SemaphoreSlim _places = new(MaxBatches);

    private OnnxEmbeddingGenerator(TextTokens tokens, SentenceModel model, int maxTokens, string name)
    {
        (_tokens, _model, _maxTokens) = (tokens, model, maxTokens);
        _metadata = new EmbeddingGeneratorMetadata("onnx", defaultModelId: name);
    }

    /// <summary>Loads a model. This takes about a third of a second for a small model.</summary>
    /// <param name="directory">The folder with the model and its tokenizer.</param>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <returns>The generator, which holds the model until it is disposed.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">The model or its tokenizer is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or of a kind that can't be used; the message says why.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of the settings is too small.</exception>
    public static OnnxEmbeddingGenerator Load(string directory, OnnxEmbeddingOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        options ??= new OnnxEmbeddingOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxTokens ?? 3, 3);

        var folder = new ModelFolder(directory);
        var path = folder.FindModel(options.ModelFile);
        var tokens = TextTokens.Load(folder);
        var model = SentenceModel.Load(path, options.Pooling ?? folder.ReadPooling(), options.Threads);
        return new OnnxEmbeddingGenerator(
            tokens, model, options.MaxTokens ?? folder.ReadMaxTokens(), Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory))));
    }

    /// <summary>Computes the vectors of texts, in the order of the texts. A cancellation takes effect between two batches.</summary>
    /// <param name="values">The texts. A text with more tokens than the model reads is cut.</param>
    /// <param name="options">Not used.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A vector for each text.</returns>
    /// <exception cref="ObjectDisposedException">The generator was disposed.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] texts = [.. values];
        var vectors = new float[texts.Length][];
        var tokens = await Task.Run(() => Array.ConvertAll(texts, text => _tokens.Read(text, _maxTokens)), cancellationToken);
        // Texts of about the same length need the least padding.
        foreach (var batch in Enumerable.Range(0, texts.Length).OrderBy(text => tokens[text].Count).Chunk(BatchSize))
        {
            var computed = await ComputeAsync([.. batch.Select(text => tokens[text])], cancellationToken);
            foreach (var (text, vector) in batch.Zip(computed))
                vectors[text] = vector;
        }

        return [.. vectors.Select(vector => new Embedding<float>(vector) { ModelId = _metadata.DefaultModelId })];
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        return serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Releases the model, after running batches have ended.</summary>
    public void Dispose() => _model.Dispose();

    private async Task<float[][]> ComputeAsync(IReadOnlyList<IReadOnlyList<long>> batch, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => _model.Compute(batch, _tokens.Padding), cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }
}
