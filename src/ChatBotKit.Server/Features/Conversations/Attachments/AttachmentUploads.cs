using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>Receives the files of conversations, in every supported form of upload.</summary>
internal sealed class AttachmentUploads(
    UploadReceiver receiver, AttachmentStore attachments, AttachmentUrls links, ConversationAccess conversations,
    Idempotency idempotency, SessionBudgets budgets)
{
    /// <summary>Checks that the conversation belongs to the caller.</summary>
    /// <returns>The limits of the caller's session; null for none.</returns>
    /// <exception cref="ApiException">404: the conversation does not exist.</exception>
    public async ValueTask<IByteBudget?> CheckAsync(HttpContext context)
    {
        var caller = context.Caller();
        await conversations.GetAsync(context.PathValue("conversationId"), caller, context.RequestAborted);
        // A repeated request is answered with the stored response, so it needs no budget.
        return await idempotency.IsAnsweredAsync(context) ? null : budgets.Find(caller.Session?.Id);
    }

    /// <exception cref="ApiException">
    /// 400: there is no file, it can't be fetched, or its description is invalid; 413: the file is too large; 429: the session may not
    /// add that many bytes.
    /// </exception>
    public async Task<AttachmentUploadResponse> UploadAsync(string conversationId, UploadBody body, HttpContext context, IdempotentCall call)
    {
        var caller = context.Caller();
        var budget = budgets.Find(caller.Session?.Id);
        await using var upload = await receiver.ReceiveAsync(body, budget, context.RequestAborted);
        var row = attachments.New(
            Ids.New(), caller.AccountId, conversationId, caller.Session?.Id, upload.Name, upload.ContentType, upload.Size);
        var response = Response(row, context);
        var (use, answered) = (UseOf(caller.Session, upload.Size), call.AnsweredFrom(row.Id));
        // The whole size of an announced file counts at once, because the later upload can't report a reached limit to the session.
        using var taken = budget?.TakeAttachment(upload.Size);
        if (upload.File is not { } file)
        {
            response = response with { UploadRequest = links.ToUpload(context, row) };
            await attachments.AddAsync(row, use, answered, context.RequestAborted);
            taken?.Keep();
            return response;
        }

        await attachments.AddAsync(row, file, use, answered, context.RequestAborted);
        taken?.Keep();
        await attachments.TellConversationAsync(row);
        return response;
    }

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
            throw SignedUrls.NotValid();
        var row = await attachments.FindAsync(conversationId, name, cancellationToken) ?? throw NotFound();
        if (row.IsStored)
            throw Taken();
        await using var file = await receiver.ReceiveAnnouncedAsync(request, row.Size, cancellationToken);
        await attachments.CompleteAsync(row, file, cancellationToken);
        return new IdResponse { Id = row.Id };
    }

    public static ApiException NotFound() => ApiException.NotFound("Attachment");

    public static ApiException Taken() => ApiException.Conflict("The file is already there");

    private static SessionUse? UseOf(CallerSession? session, long bytes) =>
        session is null ? null : new SessionUse(session.Id, AttachmentBytes: SessionBudget.ChargeOf(bytes));

    private AttachmentUploadResponse Response(AttachmentRow row, HttpContext context) => new()
    {
        Id = row.Id,
        Name = row.Name,
        DownloadRequest = links.ToDownload(context, row),
    };
}
