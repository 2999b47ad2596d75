using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Datasets.Retrieval;

/// <summary>Tests what a bot would find for a question, also with another minimum score or number of records than the dataset has.</summary>
internal static class SearchTestPages
{
    /// <summary>The number of records that are read without a minimum score, to name those that it dropped.</summary>
    private const int Wide = 20;

    public static void MapSearchTest(this IEndpointRouteBuilder routes)
    {
        routes.Show("/datasets/{datasetId}/test", ShowAsync);
        routes.MapSavedQuestions();
    }

    private static async Task<IResult> ShowAsync(Page page)
    {
        var (api, id) = (page.Api, page.Value("datasetId"));
        var dataset = await api.Dataset.FetchAsync(id, page.Aborted);
        var (question, settings) = (page.Query("q"), SearchSettings.From(page));
        var test = new SearchTest(dataset, question, settings);
        if (question is null)
            return page.View<SearchTestView, SearchTest>(test);
        try
        {
            var found = await api.Dataset.SearchAsync(id, settings.ToRequest(question), page.Aborted);
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
}

/// <summary>A test of a search.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Question">The question; null before the first test.</param>
/// <param name="Settings">The settings of the test.</param>
public sealed record SearchTest(DatasetItem Dataset, string? Question, SearchSettings Settings)
{
    /// <summary>Gets the records that a bot would get, best first.</summary>
    public IReadOnlyList<DatasetSearchMatch> Found { get; init; } = [];

    /// <summary>Gets the next records, which the minimum score or the number left out.</summary>
    public IReadOnlyList<DatasetSearchMatch> Dropped { get; init; } = [];

    /// <summary>Gets why the test was refused.</summary>
    public Failure? Failure { get; init; }
}
