using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Datasets.Records;

internal static class RecordEndpoints
{
    public static void MapRecords(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        var records = group.MapGroup("/dataset/{datasetId}/record");
        records.MapPost("/create", CreateAsync).WithName("createDatasetRecord").IsIdempotent()
            .WithSummary("Adds a record to a dataset");
        records.MapGet("/list", ListAsync).WithName("listDatasetRecords").AnswersList<RecordItem>()
            .WithSummary("Lists the records of a dataset");
        records.MapGet("/export", ListAsync).WithName("exportDatasetRecords").AnswersList<RecordItem>()
            .WithSummary("Exports the records of a dataset");
        records.MapGet("/{recordId}/fetch", FetchAsync).WithName("fetchDatasetRecord")
            .WithSummary("Fetches a record");
        records.MapPost("/{recordId}/update", UpdateAsync).WithName("updateDatasetRecord").IsIdempotent()
            .WithSummary("Updates a record");
        records.MapPost("/{recordId}/delete", DeleteAsync).WithName("deleteDatasetRecord").IsIdempotent()
            .WithSummary("Deletes a record");
    });

    private static async Task<JsonAnswer<IdResponse>> CreateAsync(
        string datasetId, JsonBody<RecordCreateRequest> body, Caller caller, RecordCommands records, IdempotentCall call,
        CancellationToken cancellationToken) =>
        JsonAnswer.Of(await records.CreateAsync(datasetId, body.Value, caller, call, cancellationToken));

    private static Task<IResult> ListAsync(
        string datasetId, ListQuery query, Caller caller, RecordReading records, CancellationToken cancellationToken) =>
        records.ListAsync(datasetId, query, caller, cancellationToken);

    private static async Task<JsonAnswer<RecordItem>> FetchAsync(
        string datasetId, string recordId, Caller caller, RecordReading records, CancellationToken cancellationToken) =>
        JsonAnswer.Of((await records.GetAsync(datasetId, recordId, caller, cancellationToken)).ToItem());

    private static async Task<JsonAnswer<IdResponse>> UpdateAsync(
        string datasetId, string recordId, JsonBody<RecordUpdateRequest> body, Caller caller, RecordCommands records, IdempotentCall call,
        CancellationToken cancellationToken) =>
        JsonAnswer.Of(await records.UpdateAsync(datasetId, recordId, body.Value, caller, call, cancellationToken));

    private static async Task<JsonAnswer<IdResponse>> DeleteAsync(
        string datasetId, string recordId, JsonBody<EmptyRequest> body, Caller caller, RecordCommands records, IdempotentCall call,
        CancellationToken cancellationToken) =>
        JsonAnswer.Of(await records.DeleteAsync(datasetId, recordId, caller, call, cancellationToken));
}
