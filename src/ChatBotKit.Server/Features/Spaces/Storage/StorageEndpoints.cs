using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Spaces.Storage;

internal static class StorageEndpoints
{
    /// <summary>The number of segments before the path of a file: <c>/api/v1/space/{spaceId}/storage/{operation}</c>.</summary>
    public const int Depth = 6;

    public static IServiceCollection AddStorage(this IServiceCollection services) => services
        .AddSingleton<StorageUrls>()
        .AddSingleton<StorageContents>()
        .AddSingleton<StorageUploads>()
        .AddSingleton<StorageDownloads>()
        .AddSingleton<StorageChanges>();

    public static void MapStorage(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        var storage = group.MapGroup("/space/{spaceId}/storage");
        storage.MapGet("/list/{**path}", ListAsync).WithName("listSpaceStoragePath")
            .WithSummary("Lists the files and folders of a folder; the path may be left out for the root")
            .TakesQuery("recursive", "Whether the entries of subfolders are listed too. Default: `false`.", isInteger: false, "true", "false");
        storage.MapPost("/upload/{**path}", UploadAsync).WithName("uploadSpaceStoragePath")
            .TakesUpload<SpaceStorageUploadRequest>(
                static context => context.RequestServices.GetRequiredService<StorageUploads>().CheckAsync(context), FileOf)
            .IsIdempotent<StorageUploads>(async (uploads, context, id) => JsonAnswer.Of(await uploads.RepeatAsync(id, context)))
            .WithSummary("Stores a file at a path of a space, in place of an earlier one");
        storage.MapPut("/content/{contentId}", PutAsync).AllowAnonymousApi().WithName("putSpaceStorageContent")
            .WithSummary("Uploads the bytes of an announced file; the signed address is the credential")
            .WithMetadata(new FileBody(null));
        storage.MapGet("/download/{**path}", DownloadAsync).AllowAnonymousApi().WithName("downloadSpaceStoragePath")
            .WithSummary("Reads a file, or its signed address as JSON")
            .Produces<SpaceStorageDownloadResponse>().WithMetadata(new FileAnswer());
        storage.MapPost("/delete/{**path}", DeleteAsync).IsIdempotent().WithName("deleteSpaceStoragePath")
            .WithSummary("Deletes a file, or a folder with everything in it");
        storage.MapPost("/copy/{**path}", CopyAsync).IsIdempotent().WithName("copySpaceStoragePath").WithSummary("Copies a file");
        storage.MapPost("/move/{**path}", MoveAsync).IsIdempotent().WithName("moveSpaceStoragePath").WithSummary("Moves a file");
    });

    /// <summary>The path takes the place of a name.</summary>
    private static AttachmentFile? FileOf(SpaceStorageUploadRequest body) => body.File switch
    {
        null => null,
        { Description: { } description } => new(new AttachmentFileDescription { Type = description.Type, Size = description.Size }),
        { Url: var url } => new(url!),
    };

    private static async Task<StorageListing> ListAsync(IStore store, HttpContext context)
    {
        var folder = SpacePath.OfFolder(context, Depth);
        var isRecursive = context.Request.Query["recursive"] is [var given, ..] && !string.IsNullOrEmpty(given) && ReadSwitch(given);
        return new StorageListing(store, await store.FindSpaceAsync(context), folder, isRecursive);
    }

    private static bool ReadSwitch(string given) =>
        bool.TryParse(given, out var value) ? value : throw ApiException.BadRequest("\"recursive\" must be true or false");

    private static async Task<JsonAnswer<SpaceStorageUploadResponse>> UploadAsync(
        UploadBody body, StorageUploads uploads, HttpContext context, IdempotentCall call) =>
        JsonAnswer.Of(await uploads.UploadAsync(body, context, call));

    private static async Task<JsonAnswer<IdResponse>> PutAsync(
        string spaceId, string contentId, string? token, StorageUploads uploads, HttpRequest request, CancellationToken cancellationToken) =>
        JsonAnswer.Of(await uploads.PutAsync(spaceId, contentId, token, request, cancellationToken));

    private static Task<IResult> DownloadAsync(string spaceId, string? token, StorageDownloads downloads, HttpContext context) =>
        downloads.GetAsync(spaceId, token, context);

    private static async Task<JsonAnswer<SpaceStoragePathResponse>> DeleteAsync(
        JsonBody<SpaceStorageDeleteRequest> body, IStore store, StorageChanges changes, HttpContext context, IdempotentCall call)
    {
        var path = SpacePath.OfFile(context, Depth);
        var space = await store.FindSpaceAsync(context);
        var response = new SpaceStoragePathResponse { Path = path };
        await changes.DeleteAsync(space, path, body.Value.Recursive ?? false, call.Answered(response), context.RequestAborted);
        return JsonAnswer.Of(response);
    }

    private static async Task<JsonAnswer<SpaceStoragePathResponse>> CopyAsync(
        JsonBody<SpaceStorageCopyRequest> body, IStore store, StorageChanges changes, HttpContext context, IdempotentCall call)
    {
        var (path, destination) = (SpacePath.OfFile(context, Depth), SpacePath.Parse(body.Value.DestinationPath, "destinationPath"));
        var space = await store.FindSpaceAsync(context);
        var response = new SpaceStoragePathResponse { Path = destination };
        await changes.CopyAsync(space, path, destination, call.Answered(response), context.RequestAborted);
        return JsonAnswer.Of(response);
    }

    private static async Task<JsonAnswer<SpaceStoragePathResponse>> MoveAsync(
        JsonBody<SpaceStorageMoveRequest> body, IStore store, StorageChanges changes, HttpContext context, IdempotentCall call)
    {
        var (path, destination) = (SpacePath.OfFile(context, Depth), SpacePath.Parse(body.Value.DestinationPath, "destinationPath"));
        var space = await store.FindSpaceAsync(context);
        var response = new SpaceStoragePathResponse { Path = destination };
        await changes.MoveAsync(space, path, destination, call.Answered(response), context.RequestAborted);
        return JsonAnswer.Of(response);
    }
}
