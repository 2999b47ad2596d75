using System.Globalization;
using System.Security.Cryptography;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.DataProtection;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>
/// Addresses that let whoever has them send or read one file for some minutes, without any other credential: an image of a
/// page can't send a header. An address that a session was given ends with that session, and is bound to the session's pages.
/// </summary>
internal sealed class AttachmentUrls(
    Lazy<IDataProtectionProvider> protection, PublicAddress address, Security.Sessions sessions, SessionContacts contacts,
    SessionOrigins origins, TimeProvider time)
{
    /// <summary>Long enough for a page to begin; what has begun is not cut.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private const string Upload = "put";
    private const string Download = "get";

    private readonly Lazy<IDataProtector> _protector = new(() => protection.Value.CreateProtector("attachment-links"));

    /// <param name="context">The present request, whose caller is given the address.</param>
    /// <param name="attachment">A file whose bytes are to come.</param>
    public PresignedRequest ToUpload(HttpContext context, AttachmentRow attachment) => new()
    {
        Method = HttpMethods.Put,
        Url = Url(context, attachment, "content", Upload),
        Headers = new Dictionary<string, string> { ["Content-Type"] = attachment.ContentType },
    };

    /// <param name="context">The present request, whose caller is given the address.</param>
    /// <param name="attachment">The file.</param>
    public PresignedRequest ToDownload(HttpContext context, AttachmentRow attachment) => new()
    {
        Method = HttpMethods.Get,
        Url = Url(context, attachment, "download", Download),
        Headers = new Dictionary<string, string>(),
    };

    /// <summary>Whether the address is good for this file.</summary>
    /// <exception cref="ApiException">403: its session may not be used from this page, or the conversation has become somebody else's.</exception>
    public ValueTask<bool> AllowsUploadAsync(HttpContext context, string? token, string attachmentName) =>
        AllowsAsync(context, token, Upload, attachmentName);

    /// <inheritdoc cref="AllowsUploadAsync"/>
    public ValueTask<bool> AllowsDownloadAsync(HttpContext context, string? token, string attachmentName) =>
        AllowsAsync(context, token, Download, attachmentName);

    private string Url(HttpContext context, AttachmentRow attachment, string route, string action)
    {
        var expiresAt = (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds();
        var token = _protector.Value.Protect(string.Create(
            CultureInfo.InvariantCulture, $"{action} {attachment.Name} {expiresAt} {context.Caller().Session?.Id}"));
        return $"{address.Of(context.Request)}{ApiRoutes.Canonical}"
            + $"/conversation/{attachment.ConversationId}/attachment/{attachment.Name}/{route}?token={token}";
    }

    private async ValueTask<bool> AllowsAsync(HttpContext context, string? token, string action, string attachmentName)
    {
        if (Read(token) is not [var forAction, var forName, var until, var sessionId]
            || forAction != action
            || forName != attachmentName
            || long.Parse(until, CultureInfo.InvariantCulture) <= time.GetUtcNow().ToUnixTimeSeconds())
            return false;
        return sessionId.Length == 0 || await IsGoodAsync(context, sessionId);
    }

    private async ValueTask<bool> IsGoodAsync(HttpContext context, string sessionId)
    {
        if (await sessions.FindAsync(sessionId, context.RequestAborted) is not { } session
            || Session.EndOf(session.Row, time.GetUtcNow().ToUnixTimeMilliseconds()) is not null)
            return false;
        // For the audit: what is refused from here on is refused to this session.
        context.Features.Set(session);
        origins.Require(context, session);
        await contacts.RequireAsync(session.Row, context.RequestAborted);
        return true;
    }

    private string[]? Read(string? token)
    {
        try
        {
            return string.IsNullOrEmpty(token) ? null : _protector.Value.Unprotect(token).Split(' ');
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
