using System.Globalization;
using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Datasets;

/// <summary>Tests what a bot would find for a question, also with another minimum score or number of records than the dataset has.</summary>
internal static class SearchTestPages
{
    /// <summary>The number of records that are read without a minimum score, to name those that it dropped.</summary>
    private const int Wide = 20;

    public static void MapSearchTest(this IEndpointRouteBuilder routes) => routes.Show("/datasets/{datasetId}/test", ShowAsync);

    private static async Task<IResult> ShowAsync(Page page)
    {
        var (api, id) = (page.Api, page.Value("datasetId"));
        var dataset = await api.Dataset.FetchAsync(id, page.Aborted);
        var (question, score, count) = (page.Query("q"), NumberOf(page.Query("score")), CountOf(page.Query("count")));
        var test = new SearchTest(dataset, question, score, count);
        if (question is null)
            return page.View<SearchTestView, SearchTest>(test);
        try
        {
            var request = new DatasetSearchRequest { Search = question, MinScore = score, MaxRecords = count };
            var found = await api.Dataset.SearchAsync(id, request, page.Aborted);
            var all = await api.Dataset.SearchAsync(id, new() { Search = question, MinScore = 0, MaxRecords = Wide }, page.Aborted);
            var kept = found.Records.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
            return page.View<SearchTestView, SearchTest>(test with
            {
                Found = found.Records,
                Dropped = [.. all.Records.Where(one => !kept.Contains(one.Id))],
            });
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            var failure = Failure.Of(exception);
            return page.View<SearchTestView, SearchTest>(test with { Failure = failure }, failure.Status);
        }
    }

    private static double? NumberOf(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static int? CountOf(string? text) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null;
}

/// <summary>A test of a search.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Question">The question; null before the first test.</param>
/// <param name="MinScore">The minimum score of the test; null for that of the dataset.</param>
/// <param name="MaxRecords">The number of records of the test; null for that of the dataset.</param>
public sealed record SearchTest(DatasetItem Dataset, string? Question, double? MinScore, int? MaxRecords)
{
    /// <summary>Gets the records that a bot would get, best first.</summary>
    public IReadOnlyList<DatasetSearchMatch> Found { get; init; } = [];

    /// <summary>Gets the next records, which the minimum score or the number left out.</summary>
    public IReadOnlyList<DatasetSearchMatch> Dropped { get; init; } = [];

    /// <summary>Gets why the test was refused.</summary>
    public Failure? Failure { get; init; }
}
