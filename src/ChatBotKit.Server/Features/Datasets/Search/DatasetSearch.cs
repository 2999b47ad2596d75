using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Datasets.Search;

/// <summary>A record that a search found.</summary>
/// <param name="Record">The record.</param>
/// <param name="Score">How well it matches, from 0 to 1.</param>
/// <param name="Passages">The parts of its text that match, best first.</param>
internal sealed record RecordMatch(RecordRow Record, double Score, IReadOnlyList<TextSpan> Passages);

/// <summary>What to find in a dataset.</summary>
/// <param name="Text">The question.</param>
/// <param name="Take">The maximum number of records; at most <see cref="DatasetSearch.MaxRecords"/> are found.</param>
internal sealed record DatasetQuestion(string Text, int Take)
{
    /// <summary>The question as embedding models and rerankers get it; null for the question itself.</summary>
    public string? ForModels { get; init; }

    /// <summary>The filter; null for all records.</summary>
    public RecordFilter? Filter { get; init; }

    /// <summary>The minimum score.</summary>
    public double MinScore { get; init; }

    /// <summary>The reranker with its settings; null for none.</summary>
    public string? Reranker { get; init; }
}

/// <summary>Finds the records of a dataset that match a question, with the settings of the dataset.</summary>
internal sealed class DatasetSearch(
    IStore store, DatasetIndexes indexes, ResourceKinds kinds, QuestionVectors vectors, Rerankers rerankers)
{
    /// <summary>The maximum number of records of a search, whatever the dataset says.</summary>
    public const int MaxRecords = 100;

    /// <summary>The number of the best records that a filter is applied to first. Most filters leave enough of them.</summary>
    private const int Candidates = 100;

    private const int IdsAtOnce = 1000;

    /// <summary>Returns the settings of a dataset.</summary>
    public DatasetItem SettingsOf(ResourceRow dataset) =>
        (DatasetItem)JsonSerializer.Deserialize(dataset.Data, kinds.Find(DatasetKind.Name)!.StoredType)!;

    /// <summary>Finds the records that match, best first.</summary>
    /// <exception cref="StoreUnavailableException">The database can't be read, or the index can't be written or read.</exception>
    public async Task<IReadOnlyList<RecordMatch>> FindAsync(string datasetId, DatasetQuestion question, CancellationToken cancellationToken)
    {
        var take = Math.Min(question.Take, MaxRecords);
        if (rerankers.Find(question.Reranker) is not { } reranker)
            return await FindAsync(datasetId, question, take, cancellationToken);
        var candidates = await FindAsync(datasetId, question, Math.Max(take, Math.Min(reranker.MaxRecords, MaxRecords)), cancellationToken);
        var ranked = await rerankers.RankAsync(reranker, question.ForModels ?? question.Text, candidates, cancellationToken);
        return [.. ranked.Take(take)];
    }

    private async Task<List<RecordMatch>> FindAsync(
        string datasetId, DatasetQuestion question, int take, CancellationToken cancellationToken)
    {
        var asked = new AskedQuestion(question.Text, vectors, question.ForModels);
        var isNarrowed = question.Filter is not null || question.MinScore > 0;
        var found = await indexes.SearchAsync(datasetId, asked, isNarrowed ? Candidates : take, accepts: null, cancellationToken);
        var matches = await ReadAsync(datasetId, found, question, take, cancellationToken);
        if (question.Filter is null || matches.Count == take || found.Count < Candidates)
            return matches;
        var accepted = await ListAcceptedAsync(datasetId, question.Filter, cancellationToken);
        found = await indexes.SearchAsync(datasetId, asked, Candidates, accepted.Contains, cancellationToken);
        return await ReadAsync(datasetId, found, question, take, cancellationToken);
    }

    /// <summary>Reads found records, until there are enough. A record that was deleted meanwhile is left out.</summary>
    private ValueTask<List<RecordMatch>> ReadAsync(
        string datasetId, IReadOnlyList<FoundRecord> found, DatasetQuestion question, int take, CancellationToken cancellationToken) =>
        store.QueryAsync(
            async db =>
            {
                var matches = new List<RecordMatch>();
                foreach (var one in found.Where(one => one.Score >= question.MinScore))
                {
                    if (matches.Count == take)
                        break;
                    if (await db.FindRecordAsync(datasetId, one.Id) is { } record && question.Filter?.Matches(record.Meta) != false)
                        matches.Add(new RecordMatch(record, one.Score, one.Passages));
                }

                return matches;
            },
            cancellationToken);

    /// <summary>Returns the ids of all records of the dataset that match the filter.</summary>
    private async Task<HashSet<string>> ListAcceptedAsync(string datasetId, RecordFilter filter, CancellationToken cancellationToken)
    {
        var accepted = new HashSet<string>(StringComparer.Ordinal);
        for (var after = ""; ;)
        {
            var from = after;
            var rows = await store.QueryAsync(db => db.ListRecordMetasAsync(datasetId, from, IdsAtOnce), cancellationToken);
            foreach (var (id, meta) in rows)
            {
                if (filter.Matches(meta))
                    accepted.Add(id);
            }

            if (rows.Count < IdsAtOnce)
                return accepted;
            after = rows[^1].Id;
        }
    }
}
