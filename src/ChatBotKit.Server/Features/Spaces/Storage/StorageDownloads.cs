using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Spaces.Storage;

/// <summary>Sends the files of spaces, or their signed addresses, to the owner and to callers with a signed address.</summary>
internal sealed class StorageDownloads(
    IStore store, ContentReader reader, StorageContents contents, StorageUrls urls, Authenticator authenticator)
{
    /// <exception cref="ApiException">
    /// 400: the path is invalid; 401: the address is not signed, and there is no credential; 404: the space or file does not exist.
    /// </exception>
    public async Task<IResult> GetAsync(string spaceId, string? token, HttpContext context)
    {
        var caller = string.IsNullOrEmpty(token) ? await authenticator.AuthenticateAsync(context, AccessRule.Owner) : null;
        var path = SpacePath.OfFile(context, StorageEndpoints.Depth);
        // A signed address leads to the bytes in any case, because it is the response to a request for JSON.
        if (caller is null && await urls.AllowsDownloadAsync(context, token, spaceId, path))
            return await BytesAsync(spaceId, path, context);
        caller ??= await authenticator.AuthenticateAsync(context, AccessRule.Owner);
        var space = await store.QueryAsync(db => db.FindSpaceAsync(context, caller), context.RequestAborted);
        return ResponseFormats.WantsJson(context.Request)
            ? await AddressAsync(space.Id, path, context)
            : await BytesAsync(space.Id, path, context);
    }

    private async Task<IResult> AddressAsync(string spaceId, string path, HttpContext context)
    {
        if (await contents.FindAsync(spaceId, path, context.RequestAborted) is null)
            throw contents.NotFound();
        return JsonAnswer.Of(new SpaceStorageDownloadResponse { Id = SpacePath.IdOf(path), Url = urls.ToDownload(context, spaceId, path) });
    }

    private async Task<IResult> BytesAsync(string spaceId, string path, HttpContext context) =>
        await reader.OpenAsync(spaceId, path, context.RequestAborted) is { } content
            ? FileDownload.Of(context, content, SpacePath.NameOf(path))
            : throw contents.NotFound();
}
