using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Security;
using Microsoft.Net.Http.Headers;

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
        var headers = context.Response.Headers;
        // The file comes from a third party but has this server's address, so browsers must not treat it as a page of this server.
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";
        // Pages of other origins may embed the file, even pages with cross-origin isolation.
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.CacheControl = "private, no-store";
        // The framework takes a range in any unit for one in bytes.
        if (context.Request.GetTypedHeaders().Range is { } range && !range.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase))
            context.Request.Headers.Range = default;
        // A blob never changes, so its id is a strong validator, with which a client resumes a download.
        return TypedResults.Stream(
            content, row.ContentType, row.OriginalName ?? row.Name, DateTimeOffset.FromUnixTimeMilliseconds(row.UpdatedAt),
            new EntityTagHeaderValue($"\"{blobId}\""), enableRangeProcessing: true);
    }
}
