using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>Receives the files of conversations, in every supported form of upload.</summary>
internal sealed class AttachmentUploads(
    AttachmentFiles files, AttachmentStore attachments, AttachmentUrls links, RemoteFiles remote, AttachmentOptions options,
    SessionBudgets budgets)
{
    /// <exception cref="ApiException">
    /// 400: there is no file, it can't be fetched, or its description is invalid; 413: the file is too large; 429: the session may not
    /// add that many bytes.
    /// </exception>
    public Task<AttachmentUploadResponse> UploadAsync(string conversationId, UploadBody body, HttpContext context, IdempotentCall call) =>
        body switch
        {
            { File: { } file } => StoreAsync(conversationId, file, body.Name, body.ContentType, context, call),
            { Asked.Description: { } file } => AnnounceAsync(conversationId, file, context, call),
            _ => FetchAsync(conversationId, body.Asked!.Url!, context, call),
        };

    /// <summary>Responds to a repeated request with new addresses, because those of the first response may have expired.</summary>
    /// <exception cref="ApiException">404: the file was deleted.</exception>
    public async Task<AttachmentUploadResponse> RepeatAsync(string attachmentId, HttpContext context)
    {
        var row = await attachments.FindByIdAsync(context.PathValue("conversationId"), attachmentId, context.RequestAborted) ?? throw NotFound();
        var response = Response(row, context);
        return row.IsStored ? response : response with { UploadRequest = links.ToUpload(context, row) };
    }

    /// <summary>Receives the bytes of an announced file from a caller with its signed address.</summary>
    /// <exception cref="ApiException">
    /// 401: the address is not valid; 404: the conversation was deleted; 409: the file is already uploaded; 413: the file is larger
    /// than announced.
    /// </exception>
    public async Task<IdResponse> PutAsync(
        string conversationId, string name, string? token, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!await links.AllowsUploadAsync(request.HttpContext, token, name))
            throw ApiException.NotAuthenticated("The address of the upload is not valid any more");
        var row = await attachments.FindAsync(conversationId, name, cancellationToken) ?? throw NotFound();
        if (row.IsStored)
            throw Taken();
        UploadBody.AllowLargeBody(request.HttpContext, options);
        await using var file = await files.ReceiveAsync(request.Body, UploadLimit.Of(Math.Min(row.Size, options.MaxBytes)), cancellationToken);
        await attachments.CompleteAsync(row, file, cancellationToken);
        return new IdResponse { Id = row.Id };
    }

    public static ApiException NotFound() => ApiException.NotFound("Attachment");

    public static ApiException Taken() => ApiException.Conflict("The file is already there");

    private async Task<AttachmentUploadResponse> FetchAsync(string conversationId, string url, HttpContext context, IdempotentCall call)
    {
        var limit = UploadLimit.For(options, budgets.Find(context.Caller().Session?.Id), atLeast: null);
        if (DataUrl.Is(url))
        {
            var data = DataUrl.Parse(url);
            using var content = new MemoryStream(data.Bytes);
            await using var given = await files.ReceiveAsync(content, limit, context.RequestAborted);
            return await StoreAsync(conversationId, given, name: null, data.ContentType, context, call);
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw ApiException.BadRequest("\"file\" must be a http, https or data URL");
        var fetched = await remote.FetchAsync(address, limit, context.RequestAborted);
        await using var file = fetched.File;
        return await StoreAsync(conversationId, file, fetched.Name, fetched.ContentType, context, call);
    }

    private async Task<AttachmentUploadResponse> StoreAsync(
        string conversationId, ReceivedFile file, string? name, string? contentType, HttpContext context, IdempotentCall call)
    {
        var caller = context.Caller();
        var row = NewRow(conversationId, caller, name, contentType, file.Size);
        var response = Response(row, context);
        using var taken = budgets.Find(row.SessionId)?.TakeAttachment(file.Size);
        await attachments.AddAsync(row, file, UseOf(caller.Session, file.Size), call.AnsweredFrom(row.Id), context.RequestAborted);
        taken?.Keep();
        await attachments.TellConversationAsync(row);
        return response;
    }

    private async Task<AttachmentUploadResponse> AnnounceAsync(
        string conversationId, AttachmentFileDescription file, HttpContext context, IdempotentCall call)
    {
        var faults = new Faults();
        faults.CheckMediaType(file.Type, "\"file.type\"");
        if (file.Size <= 0)
            faults.Add("\"file.size\" must be above 0");
        faults.ThrowIfAny();
        if (file.Size > options.MaxBytes)
            throw AttachmentFiles.TooLarge(options.MaxBytes);
        var caller = context.Caller();
        var row = NewRow(conversationId, caller, file.Name, file.Type, file.Size);
        var response = Response(row, context) with { UploadRequest = links.ToUpload(context, row) };
        // The whole size counts at once, because the later upload can't report a reached limit to the session.
        using var taken = budgets.Find(row.SessionId)?.TakeAttachment(file.Size);
        await attachments.AddAsync(row, UseOf(caller.Session, file.Size), call.AnsweredFrom(row.Id), context.RequestAborted);
        taken?.Keep();
        return response;
    }

    private static SessionUse? UseOf(CallerSession? session, long bytes) =>
        session is null ? null : new SessionUse(session.Id, AttachmentBytes: SessionBudget.ChargeOf(bytes));

    private AttachmentRow NewRow(string conversationId, Caller caller, string? name, string? contentType, long size)
    {
        var original = AttachmentNames.OriginalOf(name);
        return attachments.New(
            Ids.New(), caller.AccountId, conversationId, caller.Session?.Id, original, AttachmentNames.TypeOf(contentType, original), size);
    }

    private AttachmentUploadResponse Response(AttachmentRow row, HttpContext context) => new()
    {
        Id = row.Id,
        Name = row.Name,
        DownloadRequest = links.ToDownload(context, row),
    };
}
