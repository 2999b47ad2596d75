using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>Sends files to the owner, and to callers with a signed address.</summary>
internal sealed class AttachmentDownloads(
    ConversationAccess conversations, AttachmentStore attachments, IBlobStore blobs, AttachmentUrls links, Authenticator authenticator)
{
    /// <exception cref="ApiException">401: the address is not valid, and there is no credential; 404: the file does not exist.</exception>
    public async Task<IResult> GetAsync(
        string conversationId, string name, string? token, HttpContext context, CancellationToken cancellationToken)
    {
        if (!await links.AllowsDownloadAsync(context, token, name))
        {
            var caller = await authenticator.AuthenticateAsync(context, AccessRule.Owner);
            await conversations.GetAsync(conversationId, caller, cancellationToken);
        }

        if (await attachments.FindAsync(conversationId, name, cancellationToken) is not { BlobId: { } blobId } row
            || await blobs.OpenAsync(blobId, cancellationToken) is not { } content)
            throw AttachmentUploads.NotFound();
        return FileDownload.Of(
            context, content, blobId, row.ContentType, row.OriginalName ?? row.Name, DateTimeOffset.FromUnixTimeMilliseconds(row.UpdatedAt));
    }
}
