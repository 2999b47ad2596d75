using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Datasets;

/// <summary>The records of a dataset.</summary>
internal static class RecordPages
{
    public static void MapRecords(this IEndpointRouteBuilder routes)
    {
        routes.Show("/datasets/{datasetId}/records", ListAsync);
        routes.Show("/datasets/{datasetId}/records/new", ShowNewAsync);
        routes.Act("/datasets/{datasetId}/records/new", page => SaveAsync(page, null));
        routes.Show("/datasets/{datasetId}/records/{recordId}", ShowAsync);
        routes.Act("/datasets/{datasetId}/records/{recordId}", page => SaveAsync(page, page.Value("recordId")));
        routes.Act("/datasets/{datasetId}/records/{recordId}/delete", DeleteAsync);
    }

    private static async Task<IResult> ListAsync(Page page)
    {
        var id = page.Value("datasetId");
        var dataset = await page.Api.Dataset.FetchAsync(id, page.Aborted);
        var records = await page.Api.Dataset.Record.ListAsync(id, new() { Cursor = page.Query("cursor"), Take = DatasetPages.PageSize }, page.Aborted);
        return page.View<RecordListView, RecordList>(new RecordList(dataset, records));
    }

    private static async Task<IResult> ShowNewAsync(Page page)
    {
        var dataset = await page.Api.Dataset.FetchAsync(page.Value("datasetId"), page.Aborted);
        return page.View<RecordView, RecordForm>(new RecordForm(dataset, null, null, null, null));
    }

    private static async Task<IResult> ShowAsync(Page page)
    {
        var id = page.Value("datasetId");
        var dataset = await page.Api.Dataset.FetchAsync(id, page.Aborted);
        var record = await page.Api.Dataset.Record.FetchAsync(id, page.Value("recordId"), page.Aborted);
        return page.View<RecordView, RecordForm>(new RecordForm(dataset, record, record.Text, record.Source, null));
    }

    private static async Task<IResult> SaveAsync(Page page, string? recordId)
    {
        var (id, form, records) = (page.Value("datasetId"), await page.FormAsync(), page.Api.Dataset.Record);
        var (text, source) = (form.Text("text"), form.Text("source"));
        try
        {
            if (recordId is null)
                await records.CreateAsync(id, new() { Text = text ?? "", Source = source }, page.Aborted);
            else
                await records.UpdateAsync(id, recordId, new() { Text = text ?? "", Source = source is null ? Optional<string>.Null : source }, page.Aborted);
            return page.Go($"/datasets/{id}/records", "saved");
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            var failure = Failure.Of(exception);
            var dataset = await page.Api.Dataset.FetchAsync(id, page.Aborted);
            var record = recordId is null ? null : await records.FetchAsync(id, recordId, page.Aborted);
            return page.View<RecordView, RecordForm>(new RecordForm(dataset, record, text, source, failure), failure.Status);
        }
    }

    private static async Task<IResult> DeleteAsync(Page page)
    {
        var id = page.Value("datasetId");
        await page.Api.Dataset.Record.DeleteAsync(id, page.Value("recordId"), page.Aborted);
        return page.Go($"/datasets/{id}/records", "deleted");
    }
}

/// <summary>A page of the records of a dataset.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Records">The records.</param>
public sealed record RecordList(DatasetItem Dataset, ListResponse<RecordItem> Records);

/// <summary>The form of a record.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Record">The stored record; null for a new one.</param>
/// <param name="Text">The field of the text.</param>
/// <param name="Source">The field of the source.</param>
/// <param name="Failure">Why it was not saved.</param>
public sealed record RecordForm(DatasetItem Dataset, RecordItem? Record, string? Text, string? Source, Failure? Failure);
