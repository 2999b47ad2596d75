using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;
using Microsoft.Net.Http.Headers;

namespace ChatBotKit.Server.Features.Datasets.Records;

internal static class ImportEndpoints
{
    private const string Csv = "text/csv";

    private static readonly string[] JsonLines = ["application/jsonl", "application/x-ndjson"];

    public static void MapRecordImport(this IEndpointRouteBuilder app) => app.MapApi(group =>
        group.MapPost("/dataset/{datasetId}/record/import", ImportAsync).WithName("importDatasetRecords")
            .WithSummary("Imports records from JSON Lines or CSV")
            .Produces<RecordImportResponse>()
            .WithMetadata(new RecordsBody(JsonLines[0], Csv), new StreamedAnswer(typeof(RecordImportEvent), StreamKind.Import), new LongAnswer()));

    private static async Task<IResult> ImportAsync(
        string datasetId, Caller caller, HttpContext context, IStore store, RecordImport import, CancellationToken cancellationToken)
    {
        var dataset = await store.QueryAsync(db => db.FindOwnAsync(DatasetKind.Name, datasetId, caller.AccountId), cancellationToken)
            ?? throw RecordReading.NoDataset();
        var format = ResponseFormats.Of(context.Request);
        if (format is not (ResponseFormat.Json or ResponseFormat.JsonLines))
            throw ApiException.BadRequest("Unsupported accept header: use application/json or application/jsonl");
        BodyLimit.Set(context, RecordImport.MaxBodyBytes);
        var rows = RowsOf(context.Request);
        var report = new ImportReport(dataset.Id);
        return new ImportResult(format, report, token => import.RunAsync(dataset, rows, report, token));
    }

    private static IImportRows RowsOf(HttpRequest request)
    {
        var lines = new ImportLines(request.BodyReader, RecordImport.MaxBodyBytes);
        _ = MediaTypeHeaderValue.TryParse(request.ContentType, out var type);
        var name = type?.MediaType.ToString();
        return string.Equals(name, Csv, StringComparison.OrdinalIgnoreCase) ? new CsvRows(lines)
            : JsonLines.Contains(name, StringComparer.OrdinalIgnoreCase) ? new JsonLineRows(lines)
            : throw new ApiException(ErrorCode.UnsupportedMediaType, $"The content type must be {JsonLines[0]} or {Csv}");
    }
}
