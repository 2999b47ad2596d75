using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Uploads;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>The signed addresses of attachments.</summary>
internal sealed class AttachmentUrls(SignedUrls urls)
{
    private const string Upload = "put";
    private const string Download = "get";

    /// <param name="context">The request whose caller gets the address.</param>
    /// <param name="attachment">The announced file.</param>
    public PresignedRequest ToUpload(HttpContext context, AttachmentRow attachment) =>
        urls.ToUpload(context, PathOf(attachment, "content"), Upload, attachment.Name, attachment.ContentType);

    /// <param name="context">The request whose caller gets the address.</param>
    /// <param name="attachment">The file.</param>
    public PresignedRequest ToDownload(HttpContext context, AttachmentRow attachment) =>
        urls.ToDownload(context, PathOf(attachment, "download"), Download, attachment.Name);

    /// <summary>Whether the token in the address is valid for this file.</summary>
    /// <exception cref="ApiException">
    /// 403: the session may not be used from this origin, or the conversation now has another contact.
    /// </exception>
    public async ValueTask<bool> AllowsUploadAsync(HttpContext context, string? token, string attachmentName) =>
        await urls.SubjectOfAsync(context, token, Upload) == attachmentName;

    /// <inheritdoc cref="AllowsUploadAsync"/>
    public async ValueTask<bool> AllowsDownloadAsync(HttpContext context, string? token, string attachmentName) =>
        await urls.SubjectOfAsync(context, token, Download) == attachmentName;

    private static string PathOf(AttachmentRow attachment, string route) =>
        $"/conversation/{attachment.ConversationId}/attachment/{attachment.Name}/{route}";
}
