using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Files;

internal static class FileEndpoints
{
    public static IServiceCollection AddFiles(this IServiceCollection services) => services
        .AddSingleton<FileUrls>()
        .AddSingleton<FileContents>()
        .AddSingleton<FileUploads>()
        .AddSingleton<FileDownloads>()
        .AddSingleton<IFileTexts, FileTexts>();

    public static void MapFiles(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        var file = group.MapGroup("/file/{fileId}");
        file.MapPost("/upload", UploadAsync).WithName("uploadFile")
            .TakesUpload<FileUploadRequest>(
                static context => context.RequestServices.GetRequiredService<FileUploads>().CheckAsync(context), static body => body.File)
            .IsIdempotent<FileUploads>(async (uploads, context, id) => JsonAnswer.Of(await uploads.RepeatAsync(id, context)))
            .WithSummary("Uploads the content of a file, in place of an earlier one");
        file.MapPut("/content", PutAsync).AllowAnonymousApi().WithName("putFile")
            .WithSummary("Uploads the bytes of an announced content; the signed address is the credential")
            .WithMetadata(new FileBody(null));
        file.MapGet("/download", DownloadAsync).AllowAnonymousApi().WithName("downloadFile")
            .WithSummary("Reads the content of a file, or its signed address as JSON; a public file needs no credential")
            .Produces<FileDownloadResponse>().Produces(StatusCodes.Status204NoContent).WithMetadata(new FileAnswer());
    });

    private static async Task<JsonAnswer<FileUploadResponse>> UploadAsync(
        UploadBody body, FileUploads uploads, HttpContext context, IdempotentCall call) =>
        JsonAnswer.Of(await uploads.UploadAsync(body, context, call));

    private static async Task<JsonAnswer<IdResponse>> PutAsync(
        string fileId, string? token, FileUploads uploads, HttpRequest request, CancellationToken cancellationToken) =>
        JsonAnswer.Of(await uploads.PutAsync(fileId, token, request, cancellationToken));

    private static Task<IResult> DownloadAsync(string fileId, string? token, FileDownloads downloads, HttpContext context) =>
        downloads.GetAsync(fileId, token, context);
}
