using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Files;

/// <summary>Receives the contents of files, in every supported form of upload.</summary>
internal sealed class FileUploads(IStore store, UploadReceiver receiver, FileContents contents, FileUrls urls)
{
    /// <summary>Finds the file in the path, which must belong to the caller.</summary>
    /// <exception cref="ApiException">404: the file does not exist.</exception>
    public async ValueTask<ResourceRow> FindOwnAsync(HttpContext context)
    {
        var (address, accountId) = (context.PathValue("fileId"), context.Caller().AccountId);
        return await store.QueryAsync(db => db.FindOwnAsync(FileKind.Name, address, accountId), context.RequestAborted)
            ?? throw FileContents.NotFound();
    }

    /// <exception cref="ApiException">
    /// 400: there is no content, it can't be fetched, or its description is invalid; 404: the file does not exist; 413: the content is
    /// too large.
    /// </exception>
    public async Task<FileUploadResponse> UploadAsync(UploadBody body, HttpContext context, IdempotentCall call)
    {
        var file = await FindOwnAsync(context);
        await using var upload = await receiver.ReceiveAsync(body, budget: null, context.RequestAborted);
        var content = contents.New(file, upload);
        var answered = call.AnsweredFrom(content.Id);
        if (upload.File is { } bytes)
            await contents.PutAsync(content, bytes, answered, context.RequestAborted);
        else
            await contents.AnnounceAsync(content, answered, context.RequestAborted);
        return Response(file.Id, upload.File is null ? content : null, context);
    }

    /// <summary>Responds to a repeated request with new addresses, because those of the first response may have expired.</summary>
    /// <exception cref="ApiException">404: the file was deleted.</exception>
    public async Task<FileUploadResponse> RepeatAsync(string contentId, HttpContext context)
    {
        var file = await FindOwnAsync(context);
        var content = await contents.FindByIdAsync(file.Id, contentId, context.RequestAborted);
        return Response(file.Id, content is { BlobId: null } ? content : null, context);
    }

    /// <summary>Receives the bytes of an announced content from a caller with its signed address.</summary>
    /// <exception cref="ApiException">
    /// 401: the address is not valid; 404: the file was deleted, or the content was already replaced by a later one; 409: the content
    /// is already uploaded; 413: it is larger than announced.
    /// </exception>
    public async Task<IdResponse> PutAsync(string fileId, string? token, HttpRequest request, CancellationToken cancellationToken)
    {
        if (await urls.AnnouncedAsync(request.HttpContext, token) is not { } contentId)
            throw ApiException.NotAuthenticated("The address of the upload is not valid any more");
        var content = await contents.FindByIdAsync(fileId, contentId, cancellationToken) ?? throw FileContents.NotFound();
        if (content.BlobId is not null)
            throw FileContents.Taken();
        await using var bytes = await receiver.ReceiveAnnouncedAsync(request, content.Size, cancellationToken);
        await contents.CompleteAsync(content, bytes, cancellationToken);
        return new IdResponse { Id = fileId };
    }

    private FileUploadResponse Response(string fileId, ContentRow? announced, HttpContext context) => new()
    {
        Id = fileId,
        UploadRequest = announced is null ? null : urls.ToUpload(context, announced),
        DownloadRequest = urls.ToDownload(context, fileId),
    };
}
