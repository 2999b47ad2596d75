using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Datasets.Records;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Datasets.Search;

/// <summary>Searches a dataset for a caller that may use it.</summary>
internal sealed class SearchCommand(IStore store, DatasetSearch datasets, EventQueue events)
{
    private const int DefaultRecords = 3;

    /// <exception cref="ApiException">400: the question is empty, or a condition is invalid; 404: the caller may use no such dataset.</exception>
    /// <exception cref="StoreUnavailableException">The database can't be read, or the index can't be written or read.</exception>
    public async Task<DatasetSearchResponse> SearchAsync(
        string dataset, DatasetSearchRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        if (string.IsNullOrWhiteSpace(request.Search))
            faults.Add("\"search\" may not be empty");
        faults.CheckText(request.Search, "search");
        if (request.MinScore is < 0 or > 1 or double.NaN)
            faults.Add("\"minScore\" must be from 0 to 1");
        if (request.MaxRecords is < 1 or > DatasetSearch.MaxRecords)
            faults.Add($"\"maxRecords\" must be from 1 to {DatasetSearch.MaxRecords}");
        var filter = RecordFilter.Read(request.Filter, faults);
        faults.ThrowIfAny();
        var row = await store.QueryAsync(db => db.FindUsableAsync(DatasetKind.Name, dataset, caller.AccountId), cancellationToken)
            ?? throw RecordReading.NoDataset();
        var settings = datasets.SettingsOf(row);
        var question = new DatasetQuestion(request.Search, request.MaxRecords ?? settings.SearchMaxRecords ?? DefaultRecords)
        {
            Filter = filter,
            MinScore = request.MinScore ?? settings.SearchMinScore ?? 0,
            Reranker = settings.Reranker,
        };
        var matches = await datasets.FindAsync(row.Id, question, cancellationToken);
        events.Add(caller.AccountId, EventTypes.DatasetSearch, [new EventLink(EventFields.Dataset, row.Id)]);
        return new DatasetSearchResponse { Id = row.Id, Records = Limit(matches, settings.SearchMaxTokens) };
    }

    /// <summary>
    /// Returns the records that have at most the given number of tokens together. The best record is truncated when it alone has more;
    /// after it, a record that has too many is left out.
    /// </summary>
    private static List<DatasetSearchMatch> Limit(IReadOnlyList<RecordMatch> matches, int? maxTokens)
    {
        var (limited, left) = (new List<DatasetSearchMatch>(), maxTokens ?? int.MaxValue);
        foreach (var match in matches)
        {
            var text = match.Record.Text!;
            var tokens = TokenEstimate.Count(text);
            if (tokens > left)
            {
                if (limited.Count > 0)
                    continue;
                text = text[..TokenEstimate.Fit(text, left)];
            }

            left -= Math.Min(tokens, left);
            limited.Add(ItemOf(match, text));
        }

        return limited;
    }

    private static DatasetSearchMatch ItemOf(RecordMatch match, string text) => new()
    {
        Id = match.Record.Id,
        Text = text,
        Source = match.Record.Source,
        Meta = MetaJson.Parse(match.Record.Meta),
        Score = match.Score,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(match.Record.CreatedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(match.Record.UpdatedAt),
    };
}
