using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>Gives files out, to the owner and to whoever has a signed address.</summary>
internal sealed class AttachmentDownloads(
    ConversationAccess conversations, AttachmentStore attachments, AttachmentFiles files, AttachmentUrls links,
    Authenticator authenticator)
{
    /// <exception cref="ApiException">401: neither a good address nor a credential; 404: no such file.</exception>
    public async Task<IResult> GetAsync(
        string conversationId, string name, string? token, HttpContext context, CancellationToken cancellationToken)
    {
        if (!await links.AllowsDownloadAsync(context, token, name))
        {
            var caller = await authenticator.AuthenticateAsync(context, AccessRule.Owner);
            await conversations.GetAsync(conversationId, caller, cancellationToken);
        }

        var row = await attachments.FindAsync(conversationId, name, cancellationToken);
        if (row is not { Stored: true } || !File.Exists(files.PathOf(row.Id)))
            throw AttachmentUploads.NotFound();
        var headers = context.Response.Headers;
        // Somebody else's file under our own address: no browser may take it for a page of ours.
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";
        // A page of another origin may show it, also one that isolates itself.
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.CacheControl = "private, no-store";
        return TypedResults.PhysicalFile(
            files.PathOf(row.Id), row.ContentType, row.OriginalName ?? row.Name, enableRangeProcessing: true);
    }
}
