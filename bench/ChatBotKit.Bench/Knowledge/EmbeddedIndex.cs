using ChatBotKit.Bench.Harness;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Bench.Knowledge;

/// <summary>The index of a collection with the vectors of its texts, made as the server makes them.</summary>
internal sealed class EmbeddedIndex : IDisposable
{
    private const int TextsAtOnce = 16;

    private readonly TempDirectory _directory = new();
    private readonly IEmbeddingModel _model;
    private readonly DatasetIndex _index;
    private readonly DatasetVectors _vectors;
    private readonly Dictionary<UInt128, string> _ids = [];

    private EmbeddedIndex(IEmbeddingModel model)
    {
        _model = model;
        _index = DatasetIndex.Open(Path.Combine(_directory.Path, "index.db"), model.Texts);
        _vectors = new DatasetVectors(Path.Combine(_directory.Path, "index.vectors"), model, new VectorMemory(VectorMemory.DefaultLimit));
    }

    /// <summary>Whether no text got a vector, because the model does not know their language.</summary>
    public bool IsEmpty => _vectors.IsEmpty;

    public static async Task<EmbeddedIndex> CreateAsync(Collection collection, IEmbeddingModel model, CancellationToken cancellationToken)
    {
        var index = new EmbeddedIndex(model);
        foreach (var texts in collection.Texts.Chunk(500))
            index._index.Apply([.. texts.Select(text => new IndexedRecord(text.Id, text.Title ?? "", text.Text))], [], 1);
        var byId = collection.Texts.ToDictionary(text => text.Id);
        for (var after = -1; ;)
        {
            var from = after;
            var passages = index._index.OnVectors(known => known.ListUnembedded(from, TextsAtOnce));
            if (passages.Count == 0)
                return index;
            after = passages[^1].Row;
            await index.EmbedAsync(passages, byId, cancellationToken);
        }
    }

    /// <summary>Computes the vectors of all questions, so that searches do not wait for them.</summary>
    public async Task<Dictionary<string, float[]>> AskAsync(Collection collection, CancellationToken cancellationToken)
    {
        var vectors = new Dictionary<string, float[]>();
        foreach (var question in collection.Questions)
            vectors[question.Text] = await _model.EmbedQuestionAsync(question.Text, cancellationToken);
        return vectors;
    }

    public IEnumerable<string> FindByWords(string question) => _index.Search(question, RankingQuality.Depth).Select(found => found.Id);

    public IEnumerable<string> FindByVectors(float[] vector)
    {
        using var similarities = _vectors.Compare(vector);
        return [.. similarities!.Best().Select(one => _ids[one.Hash]).Distinct().Take(RankingQuality.Depth)];
    }

    public IEnumerable<string> FindByBoth(string question, float[] vector)
    {
        using var similarities = _vectors.Compare(vector);
        return [.. _index.Search(question, RankingQuality.Depth, accepts: null, similarities).Select(found => found.Id)];
    }

    public void Dispose()
    {
        _vectors.Dispose();
        _index.Dispose();
        _directory.Dispose();
    }

    private async Task EmbedAsync(List<UnembeddedPassage> passages, Dictionary<string, CollectionText> texts, CancellationToken cancellationToken)
    {
        var vectors = await _model.EmbedAsync(
            [.. passages.Select(passage => EmbeddedText.Of(texts[passage.Record].Title ?? "", texts[passage.Record].Text, passage.Span))], cancellationToken);
        _vectors.Add([.. passages.Zip(vectors, (passage, vector) => (passage.Hash, (float[]?)vector))]);
        foreach (var passage in passages)
            _ids[passage.Hash] = passage.Record;
    }
}
