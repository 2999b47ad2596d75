using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Datasets.Records;
using ChatBotKit.Server.Features.Files;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Datasets.Files;

internal static class DatasetFileEndpoints
{
    public static void MapDatasetFiles(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        var files = group.MapGroup("/dataset/{datasetId}/file");
        files.MapGet("/list", ListAsync).WithName("listDatasetFiles").AnswersList<FileItem>()
            .WithSummary("Lists the files that are attached to a dataset");
        files.MapPost("/{fileId}/attach", AttachAsync).WithName("attachDatasetFile").IsIdempotent()
            .WithSummary("Attaches a file to a dataset");
        files.MapGet("/{fileId}/fetch", FetchAsync).WithName("fetchDatasetFile")
            .WithSummary("Fetches the state of the import of a file");
        files.MapPost("/{fileId}/sync", SyncAsync).WithName("syncDatasetFile").IsIdempotent()
            .WithSummary("Starts the import of a file into a dataset");
        group.MapPost("/file/{fileId}/sync", SyncAllAsync).WithName("syncFile").IsIdempotent()
            .WithSummary("Starts the import of a file into all datasets to which it is attached");
        files.MapPost("/{fileId}/detach", DetachAsync).WithName("detachDatasetFile").IsIdempotent()
            .WithSummary("Detaches a file from a dataset");
    });

    private static async Task<IResult> ListAsync(
        string datasetId, ListQuery query, Caller caller, IStore store, ResourceListing lists, ResourceKinds kinds, CancellationToken cancellationToken)
    {
        var dataset = await store.QueryAsync(db => db.FindOwnAsync(DatasetKind.Name, datasetId, caller.AccountId), cancellationToken)
            ?? throw RecordReading.NoDataset();
        return lists.List(kinds.Find(FileKind.Name)!, caller.AccountId, query, sql => sql.AddAttachedTo(dataset.Id));
    }

    private static async Task<JsonAnswer<IdResponse>> AttachAsync(
        string datasetId, string fileId, JsonBody<DatasetFileAttachRequest> body, Caller caller, DatasetFileCommands files, IdempotentCall call,
        CancellationToken cancellationToken) =>
        JsonAnswer.Of(await files.AttachAsync(datasetId, fileId, body.Value, caller, call, cancellationToken));

    private static async Task<JsonAnswer<DatasetFileItem>> FetchAsync(
        string datasetId, string fileId, Caller caller, FileImports imports, CancellationToken cancellationToken) =>
        JsonAnswer.Of(await imports.GetAsync(datasetId, fileId, caller, cancellationToken));

    private static async Task<JsonAnswer<IdResponse>> SyncAsync(
        string datasetId, string fileId, JsonBody<EmptyRequest> body, Caller caller, FileImports imports, IdempotentCall call,
        CancellationToken cancellationToken) =>
        JsonAnswer.Of(await imports.StartAsync(datasetId, fileId, caller, call, cancellationToken));

    private static async Task<JsonAnswer<IdResponse>> SyncAllAsync(
        string fileId, JsonBody<EmptyRequest> body, Caller caller, FileImports imports, IdempotentCall call, CancellationToken cancellationToken) =>
        JsonAnswer.Of(await imports.StartAllAsync(fileId, caller, call, cancellationToken));

    private static async Task<JsonAnswer<IdResponse>> DetachAsync(
        string datasetId, string fileId, JsonBody<DatasetFileDetachRequest> body, Caller caller, DatasetFileCommands files, IdempotentCall call,
        CancellationToken cancellationToken) =>
        JsonAnswer.Of(await files.DetachAsync(datasetId, fileId, body.Value, caller, call, cancellationToken));
}
