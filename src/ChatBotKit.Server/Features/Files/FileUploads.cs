using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Files;

/// <summary>Receives the contents of files, in every supported form of upload.</summary>
internal sealed class FileUploads(
    IStore store, UploadReceiver receiver, FileContents contents, FileUrls urls, Idempotency idempotency, UploadOptions options)
{
    /// <summary>Finds the file in the path, which must belong to the caller, for the handler of the upload.</summary>
    /// <returns>The limit of the account; null for none.</returns>
    /// <exception cref="ApiException">404: the file does not exist.</exception>
    public async ValueTask<IByteBudget?> CheckAsync(HttpContext context)
    {
        var (address, accountId) = (context.PathValue("fileId"), context.Caller().AccountId);
        var (file, room) = await store.QueryAsync(
            async db =>
            {
                if (await db.FindOwnAsync(FileKind.Name, address, accountId) is not { } file)
                    throw contents.NotFound();
                var replaced = await db.FindContentAsync(file.Id, ContentRow.OfFile);
                return (file, await StorageRoom.FindAsync(db, accountId, replaced, options));
            },
            context.RequestAborted);
        context.Features.Set(new UploadTarget(file, ContentRow.OfFile, room));
        // A repeated request is answered with the stored response, so it needs no room.
        return await idempotency.IsAnsweredAsync(context) ? null : room;
    }

    /// <exception cref="ApiException">
    /// 400: there is no content, it can't be fetched, or its description is invalid; 404: the file was deleted; 413: the content is too
    /// large; 429: the account has no room for it.
    /// </exception>
    public async Task<FileUploadResponse> UploadAsync(UploadBody body, HttpContext context, IdempotentCall call)
    {
        var target = UploadTarget.Of(context);
        await using var upload = await receiver.ReceiveAsync(body, target.Room, context.RequestAborted);
        var content = contents.New(target.Resource, target.Path, upload.Name, upload.ContentType, upload.Size);
        await contents.AddAsync(content, upload.File, call.AnsweredFrom(content.Id), context.RequestAborted);
        return Response(target.Resource.Id, upload.File is null ? content : null, context);
    }

    /// <summary>Responds to a repeated request with new addresses, because those of the first response may have expired.</summary>
    public async Task<FileUploadResponse> RepeatAsync(string contentId, HttpContext context)
    {
        var file = UploadTarget.Of(context).Resource;
        var content = await contents.FindByIdAsync(file.Id, contentId, context.RequestAborted);
        return Response(file.Id, content is { BlobId: null } ? content : null, context);
    }

    /// <summary>Receives the bytes of an announced content from a caller with its signed address.</summary>
    /// <exception cref="ApiException">401: the address is not valid; others: see <see cref="ContentStore.ReceiveAsync"/>.</exception>
    public async Task<IdResponse> PutAsync(string fileId, string? token, HttpRequest request, CancellationToken cancellationToken)
    {
        if (await urls.AnnouncedAsync(request.HttpContext, token) is not { } contentId)
            throw SignedUrls.NotValid();
        await contents.ReceiveAsync(fileId, contentId, request, cancellationToken);
        return new IdResponse { Id = fileId };
    }

    private FileUploadResponse Response(string fileId, ContentRow? announced, HttpContext context) => new()
    {
        Id = fileId,
        UploadRequest = announced is null ? null : urls.ToUpload(context, announced),
        DownloadRequest = urls.ToDownload(context, fileId),
    };
}
