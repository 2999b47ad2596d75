using Microsoft.Extensions.AI;

namespace ChatBotKit.Extensions.Onnx.Tests;

public sealed class OnnxEmbeddingGeneratorTests : IDisposable
{
    private static readonly string[] Both = ["[CLS]", "[SEP]"];

    private readonly TinyModel _model = TinyModel.Bert();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData("Orchids need water", "orchids", "need", "water")]
    [InlineData("  ROSES, roses! ", "[UNK]", "roses")]
    [InlineData("")]
    [InlineData("\ud800 water", "water")]
    public async Task Vector_IsTheMeanOfTheTokens(string text, params string[] tokens)
    {
        using var generator = OnnxEmbeddingGenerator.Load(_model.Folder);

        var vector = await VectorAsync(generator, text);

        Assert.Equal(tokens.Concat(Both).Order(), WordsOf(vector).Order());
        Assert.Equal(1, vector.Sum(value => value * value), 5);
    }

    [Fact]
    public async Task Vectors_AreThoseOfEachTextAlone_InTheOrderOfTheTexts()
    {
        using var generator = OnnxEmbeddingGenerator.Load(_model.Folder);
        string[] texts = ["water", "", "orchids need water and roses need water", "roses", "need", "orchids orchids", "water water roses"];

        var together = await generator.GenerateAsync(texts, cancellationToken: Token);

        Assert.Equal(texts.Length, together.Count);
        foreach (var (text, embedding) in texts.Zip(together))
            Assert.Equal(await VectorAsync(generator, text), embedding.Vector.ToArray());
    }

    [Fact]
    public async Task NoText_IsNoVector()
    {
        using var generator = OnnxEmbeddingGenerator.Load(_model.Folder);

        Assert.Empty(await generator.GenerateAsync([], cancellationToken: Token));
    }

    [Theory]
    [InlineData("""{"pooling_mode_cls_token":true,"pooling_mode_mean_tokens":false}""", null, "[CLS]")]
    [InlineData("""{"pooling_mode_cls_token":false,"pooling_mode_mean_tokens":true}""", null, "[CLS] [SEP] water")]
    [InlineData("""{"pooling_mode_cls_token":true}""", OnnxPooling.Mean, "[CLS] [SEP] water")]
    [InlineData("{}", OnnxPooling.FirstToken, "[CLS]")]
    public async Task Pooling_IsThatOfTheFolderOrOfTheOptions(string config, OnnxPooling? pooling, string words)
    {
        _model.Write("1_Pooling/config.json", config);
        using var generator = OnnxEmbeddingGenerator.Load(_model.Folder, new OnnxEmbeddingOptions { Pooling = pooling });

        Assert.Equal(words.Split(' '), WordsOf(await VectorAsync(generator, "water")).Order());
    }

    [Theory]
    [InlineData("sentence_bert_config.json", """{"max_seq_length":4}""", null)]
    [InlineData("tokenizer_config.json", """{"model_max_length":4}""", null)]
    [InlineData("config.json", """{"max_position_embeddings":4}""", null)]
    [InlineData("tokenizer_config.json", """{"model_max_length":1000000000000000019884624838656}""", 4)]
    public async Task LongText_IsCut(string file, string config, int? max)
    {
        _model.Write(file, config);
        using var generator = OnnxEmbeddingGenerator.Load(_model.Folder, new OnnxEmbeddingOptions { MaxTokens = max });

        Assert.Equal(["[CLS]", "[SEP]", "need", "orchids"], WordsOf(await VectorAsync(generator, "orchids need water")).Order());
    }

    [Fact]
    public async Task LongText_IsCutTo512Tokens_WithoutSettings()
    {
        using var generator = OnnxEmbeddingGenerator.Load(_model.Folder);

        Assert.Equal(
            await VectorAsync(generator, string.Join(' ', Enumerable.Repeat("water", 510))),
            await VectorAsync(generator, string.Join(' ', Enumerable.Repeat("water", 510)) + string.Concat(Enumerable.Repeat(" roses", 200_000))));
    }

    [Fact]
    public async Task LettersOfModelsWithCase_AreKept()
    {
        _model.Write("tokenizer_config.json", """{"do_lower_case":false}""");
        using var generator = OnnxEmbeddingGenerator.Load(_model.Folder);

        Assert.Equal(["[CLS]", "[SEP]", "[UNK]"], WordsOf(await VectorAsync(generator, "WATER")).Order());
    }

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("onnx/model.onnx")]
    public async Task VectorsOfTexts_AreReturnedAsTheyAre(string file)
    {
        File.Delete(Path.Combine(_model.Folder, "model.onnx"));
        _model.Write(file, TinyModel.Model(TinyModel.Words.Length, "sentence_embedding", "token_type_ids"));
        using var generator = OnnxEmbeddingGenerator.Load(_model.Folder);

        var vector = await VectorAsync(generator, "water water roses");

        // The model takes the largest value of each place, so the second "water" does not count.
        Assert.Equal(["[CLS]", "[SEP]", "roses", "water"], WordsOf(vector).Order());
        Assert.All(vector, value => Assert.True(value == 0 || Math.Abs(value - 0.5f) < 1e-6));
    }

    [Fact]
    public async Task PiecesOfMultilingualModels_AreNumberedAsTheModelExpects()
    {
        using var model = TinyModel.Roberta();
        using var generator = OnnxEmbeddingGenerator.Load(model.Folder);

        // 0 and 2 are the ends, 3 is unknown, and "▁orchids" is the piece 3, of which the number is 4.
        Assert.Equal([0, 2, 3, 4, 6], PlacesOf(await VectorAsync(generator, "orchids Я water")));
        Assert.Equal([0, 2, 5], PlacesOf(await VectorAsync(generator, "need")));
    }

    [Fact]
    public async Task ManyCallers_GetTheirOwnVectors()
    {
        using var generator = OnnxEmbeddingGenerator.Load(_model.Folder);

        await Parallel.ForEachAsync(Enumerable.Range(0, 64), Token, async (number, cancellationToken) =>
        {
            var word = TinyModel.Words[5 + (number % 4)];
            var embeddings = await generator.GenerateAsync(Enumerable.Repeat(word, 1 + (number % 9)), cancellationToken: cancellationToken);
            Assert.All(embeddings, one => Assert.Equal(Both.Append(word).Order(), WordsOf(one.Vector.ToArray()).Order()));
        });
    }

    [Fact]
    public async Task CanceledAndDisposed_AreRefused()
    {
        var generator = OnnxEmbeddingGenerator.Load(_model.Folder);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => generator.GenerateAsync(["water"], cancellationToken: new CancellationToken(true)));
        generator.Dispose();
        generator.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => generator.GenerateAsync(["water"], cancellationToken: Token));
    }

    [Fact]
    public void Metadata_NamesTheFolder()
    {
        using var generator = OnnxEmbeddingGenerator.Load(_model.Folder + Path.DirectorySeparatorChar);

        var metadata = generator.GetService<EmbeddingGeneratorMetadata>();
        Assert.Equal(("onnx", Path.GetFileName(_model.Folder)), (metadata?.ProviderName, metadata?.DefaultModelId));
    }

    private static async Task<float[]> VectorAsync(OnnxEmbeddingGenerator generator, string text) =>
        (await generator.GenerateVectorAsync(text, cancellationToken: Token)).ToArray();

    private static IEnumerable<string> WordsOf(float[] vector) => PlacesOf(vector).Select(place => TinyModel.Words[place]);

    private static IEnumerable<int> PlacesOf(float[] vector) => vector.Index().Where(one => one.Item > 0).Select(one => one.Index);
}
