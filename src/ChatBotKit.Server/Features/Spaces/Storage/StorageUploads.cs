using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Spaces.Storage;

/// <summary>Receives the files of spaces, in every supported form of upload.</summary>
internal sealed class StorageUploads(
    IStore store, UploadReceiver receiver, StorageContents contents, StorageUrls urls, Idempotency idempotency, UploadOptions options)
{
    /// <summary>Checks that the space belongs to the caller, and that there can be a file at the path, for the handler of the upload.</summary>
    /// <returns>The limit of the account; null for none.</returns>
    /// <exception cref="ApiException">400: there can't be a file at the path; 404: the space does not exist.</exception>
    public async ValueTask<IByteBudget?> CheckAsync(HttpContext context)
    {
        var path = SpacePath.OfFile(context, StorageEndpoints.Depth);
        // A repeated request is answered with the stored response, whatever is at the path now.
        var isAnswered = await idempotency.IsAnsweredAsync(context);
        var (space, room) = await store.QueryAsync(
            async db =>
            {
                var space = await db.FindSpaceAsync(context, context.Caller());
                if (isAnswered)
                    return (space, null);
                if (await StorageContents.FindRefusalAsync(db, space.Id, path) is { } refusal)
                    throw refusal;
                return (space, await StorageRoom.FindAsync(db, space.AccountId, await db.FindContentAsync(space.Id, path), options));
            },
            context.RequestAborted);
        context.Features.Set(new UploadTarget(space, path, room));
        return room;
    }

    /// <exception cref="ApiException">
    /// 400: there is no file, it can't be fetched, its description is invalid, or there can't be a file at the path; 404: the space was
    /// deleted; 413: the file is too large; 429: the account has no room for it.
    /// </exception>
    public async Task<SpaceStorageUploadResponse> UploadAsync(UploadBody body, HttpContext context, IdempotentCall call)
    {
        var target = UploadTarget.Of(context);
        await using var upload = await receiver.ReceiveAsync(body, target.Room, context.RequestAborted);
        // A client that knows no type sends the general one.
        var type = upload.ContentType == FileNames.UnknownType
            ? FileNames.TypeOf(given: null, SpacePath.NameOf(target.Path))
            : upload.ContentType;
        var content = contents.New(target.Resource, target.Path, name: null, type, upload.Size);
        await contents.AddAsync(content, upload.File, call.AnsweredFrom(content.Id), context.RequestAborted);
        return Response(target.Path, upload.File is null ? content : null, context);
    }

    /// <summary>Responds to a repeated request with a new address, because that of the first response may have expired.</summary>
    public async Task<SpaceStorageUploadResponse> RepeatAsync(string contentId, HttpContext context)
    {
        var target = UploadTarget.Of(context);
        var content = await contents.FindByIdAsync(target.Resource.Id, contentId, context.RequestAborted);
        return Response(target.Path, content is { BlobId: null } ? content : null, context);
    }

    /// <summary>Receives the bytes of an announced file from a caller with its signed address.</summary>
    /// <exception cref="ApiException">401: the address is not valid; others: see <see cref="ContentStore.ReceiveAsync"/>.</exception>
    public async Task<IdResponse> PutAsync(
        string spaceId, string contentId, string? token, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!await urls.AllowsUploadAsync(request.HttpContext, token, contentId))
            throw SignedUrls.NotValid();
        var path = await contents.ReceiveAsync(spaceId, contentId, request, cancellationToken);
        return new IdResponse { Id = SpacePath.IdOf(path) };
    }

    private SpaceStorageUploadResponse Response(string path, ContentRow? announced, HttpContext context) => new()
    {
        Id = SpacePath.IdOf(path),
        Path = path,
        UploadRequest = announced is null ? null : urls.ToUpload(context, announced),
    };
}
