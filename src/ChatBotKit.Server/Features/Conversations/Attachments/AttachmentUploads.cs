using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>Receives the files of conversations, in every supported form of upload.</summary>
internal sealed class AttachmentUploads(
    ConversationAccess conversations, AttachmentFiles files, AttachmentStore attachments, AttachmentUrls links,
    RemoteFiles remote, AttachmentOptions options, SessionBudgets budgets, Idempotency idempotency)
{
    /// <exception cref="ApiException">
    /// 400: there is no file, or it can't be fetched; 404: the conversation does not exist; 413: the file is too large; 429: the
    /// session may not add that many bytes.
    /// </exception>
    public async Task<IResult> UploadAsync(string conversationId, HttpContext context, CancellationToken cancellationToken)
    {
        var caller = context.Caller();
        var conversation = await conversations.GetAsync(conversationId, caller, cancellationToken);
        // A repeated request is answered with the stored response, so it needs no budget.
        var budget = await idempotency.IsAnsweredAsync(context) ? null : budgets.Find(caller.Session?.Id);
        using var body = await UploadBody.ReadAsync(context, files, options, budget, cancellationToken);
        return await idempotency.RunAsync(
            context,
            body.Hash,
            async call => JsonAnswer.Of(body switch
            {
                { File: { } file } => await StoreAsync(conversation, file, body.Name, body.ContentType, context, call, cancellationToken),
                { Asked.Description: { } file } => await AnnounceAsync(conversation, file, context, call, cancellationToken),
                _ => await FetchAsync(conversation, body.Asked!.Url!, context, call, cancellationToken),
            }),
            replay: id => ReplayAsync(conversationId, id, context, cancellationToken));
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
        if (row.Stored)
            throw Taken();
        UploadBody.AllowLargeBody(request.HttpContext, options);
        using var file = await files.ReceiveAsync(request.Body, UploadLimit.Of(Math.Min(row.Size, options.MaxBytes)), cancellationToken);
        if (!await attachments.CompleteAsync(row, file, cancellationToken))
            throw Taken();
        return new IdResponse { Id = row.Id };
    }

    public static ApiException NotFound() => ApiException.NotFound("Attachment");

    private static ApiException Taken() => ApiException.Conflict("The file is already there");

    private async Task<AttachmentUploadResponse> FetchAsync(
        ConversationRow conversation, string url, HttpContext context, IdempotentCall call, CancellationToken cancellationToken)
    {
        var limit = UploadLimit.For(options, budgets.Find(context.Caller().Session?.Id), atLeast: null);
        if (DataUrl.Is(url))
        {
            var data = DataUrl.Parse(url);
            using var content = new MemoryStream(data.Bytes);
            using var given = await files.ReceiveAsync(content, limit, cancellationToken);
            return await StoreAsync(conversation, given, name: null, data.ContentType, context, call, cancellationToken);
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw ApiException.BadRequest("\"file\" must be a http, https or data URL");
        var fetched = await remote.FetchAsync(address, limit, cancellationToken);
        using var file = fetched.File;
        return await StoreAsync(conversation, file, fetched.Name, fetched.ContentType, context, call, cancellationToken);
    }

    private async Task<AttachmentUploadResponse> StoreAsync(
        ConversationRow conversation, ReceivedFile file, string? name, string? contentType, HttpContext context,
        IdempotentCall call, CancellationToken cancellationToken)
    {
        var session = context.Caller().Session;
        var row = NewRow(conversation, session, name, contentType, file.Size);
        var response = Response(row, context);
        using var taken = budgets.Find(session?.Id)?.TakeAttachment(file.Size);
        await attachments.AddAsync(row, file, UseOf(session, file.Size), call.AnsweredFrom(row.Id), cancellationToken);
        taken?.Keep();
        await attachments.TellConversationAsync(row);
        return response;
    }

    private async Task<AttachmentUploadResponse> AnnounceAsync(
        ConversationRow conversation, AttachmentFileDescription file, HttpContext context, IdempotentCall call,
        CancellationToken cancellationToken)
    {
        if (file.Size <= 0)
            throw ApiException.BadRequest("\"file.size\" must be above 0");
        if (file.Size > options.MaxBytes)
            throw AttachmentFiles.TooLarge(options.MaxBytes);
        var session = context.Caller().Session;
        var row = NewRow(conversation, session, file.Name, file.Type, file.Size);
        var response = Response(row, context) with { UploadRequest = links.ToUpload(context, row) };
        // The whole size counts at once, because the later upload can't report a reached limit to the session.
        using var taken = budgets.Find(session?.Id)?.TakeAttachment(file.Size);
        await attachments.AddAsync(row, UseOf(session, file.Size), call.AnsweredFrom(row.Id), cancellationToken);
        taken?.Keep();
        return response;
    }

    private static SessionUse? UseOf(CallerSession? session, long bytes) =>
        session is null ? null : new SessionUse(session.Id, AttachmentBytes: SessionBudget.ChargeOf(bytes));

    private AttachmentRow NewRow(
        ConversationRow conversation, CallerSession? session, string? name, string? contentType, long size)
    {
        var original = AttachmentNames.OriginalOf(name);
        return attachments.New(
            Ids.New(), conversation.AccountId, conversation.Id, session?.Id, original, AttachmentNames.TypeOf(contentType, original), size);
    }

    /// <summary>Responds to a repeated request with new addresses, because those of the first response may have expired.</summary>
    private async Task<IResult> ReplayAsync(string conversationId, string id, HttpContext context, CancellationToken cancellationToken)
    {
        var row = await attachments.FindByIdAsync(conversationId, id, cancellationToken) ?? throw NotFound();
        var response = Response(row, context);
        return JsonAnswer.Of(row.Stored ? response : response with { UploadRequest = links.ToUpload(context, row) });
    }

    private AttachmentUploadResponse Response(AttachmentRow row, HttpContext context) => new()
    {
        Id = row.Id,
        Name = row.Name,
        DownloadRequest = links.ToDownload(context, row),
    };
}
