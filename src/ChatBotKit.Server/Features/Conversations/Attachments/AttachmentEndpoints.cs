using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

internal static class AttachmentEndpoints
{
    private const int MaxTake = 1000;

    public static void MapAttachments(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        var attachments = group.MapGroup("/conversation/{conversationId}/attachment");
        attachments.MapPost("/upload", UploadAsync)
            .AllowSession(SessionPermissions.AttachmentsWrite).WithName("uploadConversationAttachment")
            .TakesUpload<AttachmentUploadRequest>(
                static context => context.RequestServices.GetRequiredService<AttachmentUploads>().CheckAsync(context), static body => body.File)
            .IsIdempotent<AttachmentUploads>(async (uploads, context, id) => JsonAnswer.Of(await uploads.RepeatAsync(id, context)))
            .WithSummary("Adds a file to a conversation");
        attachments.MapPut("/{name}/content", PutAsync).AllowAnonymousApi().WithName("putConversationAttachment")
            .WithSummary("Uploads the bytes of an announced file; the signed address is the credential")
            .WithMetadata(new FileBody(null));
        attachments.MapGet("/list", ListAsync).WithName("listConversationAttachments")
            .WithSummary("Lists the files of a conversation");
        attachments.MapGet("/{name}/download", DownloadAsync).AllowAnonymousApi().WithName("downloadConversationAttachment")
            .WithSummary("Reads the bytes of a file")
            .WithMetadata(new FileAnswer());
    });

    private static async Task<JsonAnswer<AttachmentUploadResponse>> UploadAsync(
        string conversationId, UploadBody body, AttachmentUploads uploads, HttpContext context, IdempotentCall call) =>
        JsonAnswer.Of(await uploads.UploadAsync(conversationId, body, context, call));

    private static async Task<JsonAnswer<IdResponse>> PutAsync(
        string conversationId, string name, string? token, AttachmentUploads uploads, HttpRequest request, CancellationToken cancellationToken) =>
        JsonAnswer.Of(await uploads.PutAsync(conversationId, name, token, request, cancellationToken));

    private static async Task<JsonAnswer<ListResponse<AttachmentItem>>> ListAsync(
        string conversationId, ListQuery query, Caller caller, ConversationAccess conversations, AttachmentStore attachments,
        CancellationToken cancellationToken)
    {
        await conversations.GetAsync(conversationId, caller, cancellationToken);
        var take = Math.Min(query.Take ?? ListQuery.MaxTake, MaxTake);
        var rows = await attachments.ListAsync(conversationId, query.Cursor, take, cancellationToken);
        return JsonAnswer.Of(new ListResponse<AttachmentItem>
        {
            Items = [.. rows.Select(row => row.ToItem())],
            // Unlike other lists, this one always has a cursor, because clients that are generated from the OpenAPI document require it.
            Cursor = rows.Count > 0 ? rows[^1].Id : "",
        });
    }

    private static async Task<IResult> DownloadAsync(
        string conversationId, string name, string? token, AttachmentDownloads downloads, HttpContext context,
        CancellationToken cancellationToken) =>
        await downloads.GetAsync(conversationId, name, token, context, cancellationToken);
}
