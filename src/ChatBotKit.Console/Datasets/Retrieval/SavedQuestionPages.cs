using System.Globalization;
using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Datasets.Retrieval;

/// <summary>The saved questions of a dataset: all are run after a change, with the dataset's settings and with others beside them.</summary>
internal static class SavedQuestionPages
{
    /// <summary>The searches that one page runs at the same time.</summary>
    private const int AtATime = 4;

    public static void MapSavedQuestions(this IEndpointRouteBuilder routes)
    {
        routes.Show("/datasets/{datasetId}/test/saved", ShowAsync);
        routes.Act("/datasets/{datasetId}/test/saved", AddAsync);
        routes.Act("/datasets/{datasetId}/test/saved/remove", RemoveAsync);
    }

    private static async Task<IResult> ShowAsync(Page page) =>
        await ShowAsync(page, await page.Api.Dataset.FetchAsync(page.Value("datasetId"), page.Aborted), failure: null);

    private static async Task<IResult> ShowAsync(Page page, DatasetItem dataset, Failure? failure)
    {
        var (questions, first, second) = (SavedQuestions.Of(dataset), SearchSettings.From(page), SearchSettings.From(page, "2"));
        var shown = new SavedQuestionList(dataset, questions, first, second) { Failure = failure };
        if (failure is not null || page.Query("run") is null)
            return page.View<SavedQuestionsView, SavedQuestionList>(shown, failure?.Status ?? StatusCodes.Status200OK);
        try
        {
            return page.View<SavedQuestionsView, SavedQuestionList>(shown with
            {
                Ranks = await RunAsync(page, questions, first),
                OtherRanks = second.IsGiven ? await RunAsync(page, questions, second) : null,
            });
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            var refused = Failure.Of(exception);
            return page.View<SavedQuestionsView, SavedQuestionList>(shown with { Failure = refused }, refused.Status);
        }
    }

    private static async Task<IReadOnlyList<int?>> RunAsync(Page page, IReadOnlyList<SavedQuestion> questions, SearchSettings settings)
    {
        var ranks = new List<int?>();
        foreach (var some in questions.Chunk(AtATime))
            ranks.AddRange(await Task.WhenAll(some.Select(one => RankAsync(page, one, settings))));
        return ranks;
    }

    private static async Task<int?> RankAsync(Page page, SavedQuestion question, SearchSettings settings)
    {
        var found = await page.Api.Dataset.SearchAsync(page.Value("datasetId"), settings.ToRequest(question.Question), page.Aborted);
        return question.RankIn(found.Records);
    }

    private static async Task<IResult> AddAsync(Page page)
    {
        var (id, form) = (page.Value("datasetId"), await page.FormAsync());
        var dataset = await page.Api.Dataset.FetchAsync(id, page.Aborted);
        var questions = SavedQuestions.Of(dataset);
        var record = await page.Api.Dataset.Record.FetchAsync(id, form.Text("record") ?? "none", page.Aborted);
        var added = new SavedQuestion(form.Text("question") ?? "", record.Id, SavedQuestions.BeginningOf(record.Text));
        if (added.Question.Length is 0 or > SavedQuestions.LongestQuestion)
            return await ShowAsync(page, dataset, new(StatusCodes.Status400BadRequest, $"A saved question has 1 to {SavedQuestions.LongestQuestion} characters."));
        if (questions.Count == SavedQuestions.Most)
            return await ShowAsync(page, dataset, new(StatusCodes.Status400BadRequest, $"A dataset has at most {SavedQuestions.Most} saved questions. Remove one first."));
        return await StoreAsync(page, dataset, [.. questions.Where(one => one != added), added], "saved");
    }

    private static async Task<IResult> RemoveAsync(Page page)
    {
        var (dataset, form) = (await page.Api.Dataset.FetchAsync(page.Value("datasetId"), page.Aborted), await page.FormAsync());
        var (question, record) = (form.Text("question"), form.Text("record"));
        return await StoreAsync(
            page, dataset, SavedQuestions.Of(dataset).Where(one => one.Question != question || one.RecordId != record), "deleted");
    }

    private static async Task<IResult> StoreAsync(Page page, DatasetItem dataset, IEnumerable<SavedQuestion> questions, string done)
    {
        try
        {
            await page.Api.Dataset.UpdateAsync(dataset.Id, new() { Meta = SavedQuestions.Change(questions) }, page.Aborted);
            return page.Go($"/datasets/{dataset.Id}/test/saved", done);
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            return await ShowAsync(page, dataset, Failure.Of(exception));
        }
    }
}

/// <summary>The saved questions of a dataset, and how they came out.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Questions">The questions.</param>
/// <param name="First">The settings of the first run.</param>
/// <param name="Second">The settings of the second run.</param>
public sealed record SavedQuestionList(DatasetItem Dataset, IReadOnlyList<SavedQuestion> Questions, SearchSettings First, SearchSettings Second)
{
    /// <summary>Gets the position of the record of each question, null where it was not found; null when nothing was run.</summary>
    public IReadOnlyList<int?>? Ranks { get; init; }

    /// <summary>Gets the same with the second settings; null when there are none.</summary>
    public IReadOnlyList<int?>? OtherRanks { get; init; }

    /// <summary>Gets why something was refused.</summary>
    public Failure? Failure { get; init; }

    /// <summary>Returns the result of a run as a sentence.</summary>
    public static string Sum(IReadOnlyList<int?> ranks)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        return string.Create(CultureInfo.InvariantCulture, $"{ranks.Count(rank => rank is not null)} of {ranks.Count} found");
    }
}
