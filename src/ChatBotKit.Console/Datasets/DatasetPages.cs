using ChatBotKit.AdminConsole.Datasets.Retrieval;
using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Datasets;

/// <summary>The datasets: the list, and for each its files, its records, the test of a search, and its settings.</summary>
internal static class DatasetPages
{
    public const int PageSize = 50;

    public static void MapDatasets(this IEndpointRouteBuilder routes)
    {
        routes.Show("/datasets", ListAsync);
        routes.Act("/datasets", CreateAsync);
        routes.Show("/datasets/{datasetId}/settings", ShowSettingsAsync);
        routes.Act("/datasets/{datasetId}/settings", SaveAsync);
        routes.Act("/datasets/{datasetId}/delete", DeleteAsync);
        routes.MapDatasetFiles();
        routes.MapRecords();
        routes.MapSearchTest();
    }

    private static async Task<IResult> ListAsync(Page page) => await ListAsync(page, null);

    private static async Task<IResult> ListAsync(Page page, Failure? failure)
    {
        var datasets = await page.Api.Dataset.ListAsync(new() { Cursor = page.Query("cursor"), Take = PageSize }, page.Aborted);
        return page.View<DatasetListView, DatasetList>(new DatasetList(datasets, failure), failure?.Status ?? StatusCodes.Status200OK);
    }

    private static async Task<IResult> CreateAsync(Page page)
    {
        var form = await page.FormAsync();
        try
        {
            var dataset = await page.Api.Dataset.CreateAsync(new() { Name = form.Text("name") }, page.Aborted);
            return page.Go($"/datasets/{dataset.Id}", "created");
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            return await ListAsync(page, Failure.Of(exception));
        }
    }

    private static async Task<IResult> ShowSettingsAsync(Page page)
    {
        var dataset = await page.Api.Dataset.FetchAsync(page.Value("datasetId"), page.Aborted);
        return page.View<DatasetSettingsView, DatasetSettings>(new DatasetSettings(dataset, dataset.Name, dataset.Description, dataset.SearchMinScore, dataset.SearchMaxRecords, null));
    }

    private static async Task<IResult> SaveAsync(Page page)
    {
        var (id, form) = (page.Value("datasetId"), await page.FormAsync());
        var (name, description, score, count) = (form.Text("name"), form.Text("description"), form.Number("score"), form.Count("count"));
        try
        {
            await page.Api.Dataset.UpdateAsync(
                id,
                new()
                {
                    Name = FormText.Given(name),
                    Description = FormText.Given(description),
                    SearchMinScore = score is { } minScore ? minScore : Optional<double>.Null,
                    SearchMaxRecords = count is { } maxRecords ? maxRecords : Optional<int>.Null,
                },
                page.Aborted);
            return page.Go($"/datasets/{id}/settings", "saved");
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            var (dataset, failure) = (await page.Api.Dataset.FetchAsync(id, page.Aborted), Failure.Of(exception));
            return page.View<DatasetSettingsView, DatasetSettings>(new DatasetSettings(dataset, name, description, score, count, failure), failure.Status);
        }
    }

    private static async Task<IResult> DeleteAsync(Page page)
    {
        await page.Api.Dataset.DeleteAsync(page.Value("datasetId"), page.Aborted);
        return page.Go("/datasets", "deleted");
    }
}

/// <summary>The list of datasets.</summary>
/// <param name="Datasets">A page of it.</param>
/// <param name="Failure">Why the new dataset was not made.</param>
public sealed record DatasetList(ListResponse<DatasetItem> Datasets, Failure? Failure);

/// <summary>The form of a dataset's settings.</summary>
/// <param name="Dataset">The stored dataset.</param>
/// <param name="Name">The field of the name.</param>
/// <param name="Description">The field of the description.</param>
/// <param name="MinScore">The field of the minimum score.</param>
/// <param name="MaxRecords">The field of the maximum number of records.</param>
/// <param name="Failure">Why it was not saved.</param>
public sealed record DatasetSettings(
    DatasetItem Dataset, string? Name, string? Description, double? MinScore, int? MaxRecords, Failure? Failure);
