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

/// <summary>Finds the records of a dataset that match a question, with the settings of the dataset.</summary>
internal sealed class DatasetSearch(IStore store, DatasetIndexes indexes, ResourceKinds kinds)
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
    /// <param name="datasetId">The id of the dataset.</param>
    /// <param name="search">The question.</param>
    /// <param name="filter">The filter; null for all records.</param>
    /// <param name="minScore">The minimum score.</param>
    /// <param name="take">The maximum number of records.</param>
    /// <param name="cancellationToken">The token that cancels the search.</param>
    /// <exception cref="StoreUnavailableException">The database can't be read, or the index can't be written or read.</exception>
    public async Task<IReadOnlyList<RecordMatch>> FindAsync(
        string datasetId, string search, RecordFilter? filter, double minScore, int take, CancellationToken cancellationToken)
    {
        take = Math.Min(take, MaxRecords);
        var isNarrowed = filter is not null || minScore > 0;
        var found = await indexes.SearchAsync(datasetId, search, isNarrowed ? Candidates : take, accepts: null, cancellationToken);
        var matches = await ReadAsync(datasetId, found, filter, minScore, take, cancellationToken);
        if (filter is null || matches.Count == take || found.Count < Candidates)
            return matches;
        var accepted = await ListAcceptedAsync(datasetId, filter, cancellationToken);
        found = await indexes.SearchAsync(datasetId, search, Candidates, accepted.Contains, cancellationToken);
        return await ReadAsync(datasetId, found, filter, minScore, take, cancellationToken);
    }

    /// <summary>Reads found records, until there are enough. A record that was deleted meanwhile is left out.</summary>
    private ValueTask<List<RecordMatch>> ReadAsync(
        string datasetId, IReadOnlyList<FoundRecord> found, RecordFilter? filter, double minScore, int take, CancellationToken cancellationToken) =>
        store.QueryAsync(
            async db =>
            {
                var matches = new List<RecordMatch>();
                foreach (var one in found.Where(one => one.Score >= minScore))
                {
                    if (matches.Count == take)
                        break;
                    if (await db.FindRecordAsync(datasetId, one.Id) is { } record && filter?.Matches(record.Meta) != false)
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
