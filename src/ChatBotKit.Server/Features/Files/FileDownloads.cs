using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Files;

/// <summary>
/// Sends the content of files, or signed addresses of it: of public files to everybody, of others to the owner and to callers with a
/// signed address.
/// </summary>
internal sealed class FileDownloads(
    IStore store, ContentReader reader, FileContents contents, FileUrls urls, Authenticator authenticator, EventQueue events)
{
    /// <exception cref="ApiException">
    /// 401: the file is not public, the address is not signed, and there is no credential; 404: the file does not exist, or the caller
    /// wants the address of a content and there is none.
    /// </exception>
    public async Task<IResult> GetAsync(string fileId, string? token, HttpContext context)
    {
        var isSigned = await urls.AllowsDownloadAsync(context, token, fileId);
        var file = await store.QueryAsync(
            db => db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, fileId, FileKind.Name), context.RequestAborted);
        if (!isSigned && (file is null || !ResourceUse.IsPublic(file)))
        {
            var caller = await authenticator.AuthenticateAsync(context, AccessRule.Owner);
            if (file?.AccountId != caller.AccountId)
                throw contents.NotFound();
        }

        if (file is null)
            throw contents.NotFound();
        // A signed address leads to the bytes in any case, because it is the response to a request for JSON.
        return !isSigned && ResponseFormats.WantsJson(context.Request)
            ? await AddressAsync(fileId, context)
            : await BytesAsync(file, context);
    }

    private async Task<IResult> AddressAsync(string fileId, HttpContext context)
    {
        if (await contents.FindAsync(fileId, context.RequestAborted) is null)
            throw ApiException.NotFound("Content of the file");
        return JsonAnswer.Of(new FileDownloadResponse { Url = urls.ToDownload(context, fileId).Url });
    }

    private async Task<IResult> BytesAsync(ResourceRow file, HttpContext context)
    {
        if (await reader.OpenAsync(file.Id, ContentRow.OfFile, context.RequestAborted) is not { } content)
            return TypedResults.NoContent();
        events.Add(file.AccountId, EventTypes.FileDownload, [new EventLink(EventFields.File, file.Id)]);
        return FileDownload.Of(context, content, NameOf(content.Row));
    }

    private static string NameOf(ContentRow content) =>
        content.Name ?? FileNames.NameOf(content.ResourceId, originalName: null, content.ContentType);
}
