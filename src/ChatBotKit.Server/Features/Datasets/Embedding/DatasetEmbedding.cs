using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Datasets.Search;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Features.Datasets.Embedding;

/// <summary>
/// Gives the passages of a dataset their vectors, and deletes those that none needs any more. Each batch is stored before the next one is
/// asked for, so the work goes on where it ended.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="indexes">The indexes.</param>
/// <param name="model">The model; null for none.</param>
internal sealed class DatasetEmbedding(IStore store, DatasetIndexes indexes, IEmbeddingModel? model = null)
{
    /// <summary>The maximum number of texts of a request to the model.</summary>
    public const int MaxTexts = 64;

    /// <summary>The maximum number of characters of a request, unless a single passage has more.</summary>
    public const int MaxCharacters = 64_000;

    private const int UnusedAtOnce = 1_000;

    private readonly PassageEmbedder? _embedder = model is null ? null : new PassageEmbedder(model);

    /// <summary>Whether there is a model.</summary>
    public bool IsPossible => model is not null;

    /// <summary>Computes the vectors that a dataset lacks.</summary>
    /// <exception cref="EmbeddingException">The model failed. What it has computed before is stored.</exception>
    /// <exception cref="StoreUnavailableException">The database can't be read.</exception>
    public Task RunAsync(string datasetId, CancellationToken cancellationToken) => indexes.UseAsync(
        datasetId,
        async (held, last) =>
        {
            var index = await held.CompleteAsync(last, cancellationToken);
            var vectors = held.Vectors!.Open();
            try
            {
                Begin(index, vectors);
                DeleteUnused(index, vectors);
                await EmbedAsync(datasetId, index, vectors, cancellationToken);
            }
            catch (Exception exception)
            {
                held.Vectors.Forget(vectors, exception);
                throw;
            }

            return true;
        },
        cancellationToken);

    /// <summary>Looks for every vector again when the index or the file of vectors is a new one.</summary>
    private static void Begin(DatasetIndex index, DatasetVectors vectors)
    {
        var used = index.OnVectors(known =>
        {
            if (known.File == vectors.Generation)
                return null;
            known.SetFile(vectors.Generation);
            return known.ListHashes();
        });
        if (used is not null)
            vectors.Keep(used.ToHashSet());
    }

    private static void DeleteUnused(DatasetIndex index, DatasetVectors vectors)
    {
        while (index.OnVectors(known => known.ListUnused(UnusedAtOnce)) is { Count: > 0 } unused)
        {
            vectors.Delete(unused);
            index.OnVectors(known =>
            {
                unused.ForEach(known.ForgetUnused);
                return true;
            });
        }
    }

    private async Task EmbedAsync(string datasetId, DatasetIndex index, DatasetVectors vectors, CancellationToken cancellationToken)
    {
        for (var after = -1; ;)
        {
            var from = after;
            var passages = Limit(index.OnVectors(known => known.ListUnembedded(from, MaxTexts)));
            if (passages.Count == 0)
                return;
            after = passages[^1].Row;
            var texts = await ReadAsync(datasetId, [.. passages.Where(passage => !vectors.Has(passage.Hash))], cancellationToken);
            if (texts.Count > 0)
            {
                var computed = await _embedder!.EmbedAsync([.. texts.Values], cancellationToken);
                vectors.Add([.. texts.Keys.Zip(computed)]);
                KnowledgeTelemetry.HasEmbedded(texts.Count);
            }

            index.OnVectors(known =>
            {
                foreach (var passage in passages.Where(passage => vectors.Has(passage.Hash)))
                    known.SetEmbedded(passage);
                return true;
            });
        }
    }

    private static List<UnembeddedPassage> Limit(List<UnembeddedPassage> passages)
    {
        var characters = 0;
        return [.. passages.TakeWhile((passage, place) => (characters += passage.Span.Length) <= MaxCharacters || place == 0)];
    }

    /// <summary>
    /// Reads the texts of passages, each once. A passage whose record was changed or deleted meanwhile is left out; the index learns of
    /// that before the next run.
    /// </summary>
    private async Task<Dictionary<UInt128, string>> ReadAsync(
        string datasetId, List<UnembeddedPassage> passages, CancellationToken cancellationToken)
    {
        var texts = new Dictionary<UInt128, string>();
        if (passages.Count == 0)
            return texts;
        var records = await store.QueryAsync(
            async db =>
            {
                var found = new Dictionary<string, RecordRow>(StringComparer.Ordinal);
                foreach (var id in passages.Select(passage => passage.Record).Distinct())
                {
                    if (await db.FindRecordAsync(datasetId, id) is { } record)
                        found.Add(id, record);
                }

                return found;
            },
            cancellationToken);
        foreach (var passage in passages)
        {
            if (records.TryGetValue(passage.Record, out var record) && passage.Span.Start + passage.Span.Length <= record.Text!.Length
                && EmbeddedText.Of(RecordTitle.Of(record), record.Text, passage.Span) is var text && TextHash.Of(text) == passage.Hash)
                texts[passage.Hash] = text;
        }

        return texts;
    }
}
