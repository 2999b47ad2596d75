using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Datasets;

/// <summary>The files of a dataset: upload, the progress of the import, and another try.</summary>
internal static class DatasetFilePages
{
    private const string Unknown = "application/octet-stream";

    public static void MapDatasetFiles(this IEndpointRouteBuilder routes)
    {
        routes.Show("/datasets/{datasetId}", ShowAsync);
        routes.Act("/datasets/{datasetId}/files", UploadAsync).WithMetadata(TakesFiles.Instance);
        routes.Act("/datasets/{datasetId}/files/{fileId}/sync", SyncAsync);
        routes.Act("/datasets/{datasetId}/files/{fileId}/detach", DetachAsync);
    }

    private static async Task<IResult> ShowAsync(Page page)
    {
        var (api, token, id) = (page.Api, page.Aborted, page.Value("datasetId"));
        var dataset = await api.Dataset.FetchAsync(id, token);
        var files = await api.Dataset.File.ListAsync(id, new() { Cursor = page.Query("cursor"), Take = DatasetPages.PageSize }, token);
        var states = await Task.WhenAll(files.Items.Select(file => api.Dataset.File.FetchAsync(id, file.Id, token)));
        return page.View<DatasetFilesView, DatasetFiles>(new DatasetFiles(
            dataset, [.. files.Items.Zip(states)], files.Items.Count == DatasetPages.PageSize ? files.Cursor : null, page.Settings.MaxFileBytes));
    }

    /// <summary>Stores each uploaded file, attaches it to the dataset and starts its import.</summary>
    private static async Task<IResult> UploadAsync(Page page)
    {
        var (api, token, id) = (page.Api, page.Aborted, page.Value("datasetId"));
        var files = (await page.FormAsync()).Files;
        foreach (var upload in files)
        {
            if (upload.Length == 0)
                throw new PageRefusedException(StatusCodes.Status400BadRequest, $"{NameOf(upload)} is empty.");
            if (upload.Length > page.Settings.MaxFileBytes)
                throw new PageRefusedException(StatusCodes.Status413PayloadTooLarge, $"{NameOf(upload)} is larger than {Sizes.Of(page.Settings.MaxFileBytes)}.");
        }

        foreach (var upload in files)
            await AddAsync(upload);
        return page.Go($"/datasets/{id}", files.Count > 0 ? "uploaded" : null);

        async Task AddAsync(IFormFile upload)
        {
            var file = await api.File.CreateAsync(new() { Name = NameOf(upload) }, token);
            await using (var content = upload.OpenReadStream())
                await api.File.UploadAsync(file.Id, content, new() { Type = TypeOf(upload), Size = upload.Length, Name = NameOf(upload) }, cancellationToken: token);
            await api.Dataset.File.AttachAsync(id, file.Id, new() { Type = DatasetFileType.Source }, token);
            await api.Dataset.File.SyncAsync(id, file.Id, token);
        }
    }

    private static async Task<IResult> SyncAsync(Page page)
    {
        await page.Api.Dataset.File.SyncAsync(page.Value("datasetId"), page.Value("fileId"), page.Aborted);
        return page.Go($"/datasets/{page.Value("datasetId")}", "retried");
    }

    private static async Task<IResult> DetachAsync(Page page)
    {
        await page.Api.Dataset.File.DetachAsync(page.Value("datasetId"), page.Value("fileId"), new() { DeleteRecords = true }, page.Aborted);
        return page.Go($"/datasets/{page.Value("datasetId")}", "deleted");
    }

    private static string NameOf(IFormFile file) => Path.GetFileName(file.FileName.Replace('\\', '/')) is { Length: > 0 } name ? name : "file";

    private static string TypeOf(IFormFile file) => file.ContentType is { Length: > 0 } type ? type : Unknown;
}

/// <summary>The files of a dataset.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Files">A page of its files, with the state of their import.</param>
/// <param name="Cursor">The cursor of the next page.</param>
/// <param name="MaxBytes">The maximum size of a file.</param>
public sealed record DatasetFiles(DatasetItem Dataset, IReadOnlyList<(FileItem File, DatasetFileItem Import)> Files, string? Cursor, long MaxBytes)
{
    /// <summary>Gets whether a file is still being imported.</summary>
    public bool IsBusy => Files.Any(file => file.Import.State == DatasetFileState.Waiting || file.Import.State == DatasetFileState.Importing);
}
