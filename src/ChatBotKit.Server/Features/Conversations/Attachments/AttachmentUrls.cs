using System.Globalization;
using System.Security.Cryptography;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.DataProtection;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>
/// Signed addresses that allow their holder to send or read one file for some minutes without another credential, because an image
/// in a page can't send a header. An address that was given to a session ends with the session, and is bound to the session's
/// origins.
/// </summary>
internal sealed class AttachmentUrls(
    Lazy<IDataProtectionProvider> protection, PublicAddress address, Security.Sessions sessions, SessionContacts contacts,
    SessionOrigins origins, TimeProvider time)
{
    /// <summary>The lifetime of an address. A page needs it only to start a transfer, which is not cut off later.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private const string Upload = "put";
    private const string Download = "get";

    private readonly Lazy<IDataProtector> _protector = new(() => protection.Value.CreateProtector("attachment-links"));

    /// <param name="context">The request whose caller gets the address.</param>
    /// <param name="attachment">The announced file.</param>
    public PresignedRequest ToUpload(HttpContext context, AttachmentRow attachment) => new()
    {
        Method = HttpMethods.Put,
        Url = Url(context, attachment, "content", Upload),
        Headers = new Dictionary<string, string> { ["Content-Type"] = attachment.ContentType },
    };

    /// <param name="context">The request whose caller gets the address.</param>
    /// <param name="attachment">The file.</param>
    public PresignedRequest ToDownload(HttpContext context, AttachmentRow attachment) => new()
    {
        Method = HttpMethods.Get,
        Url = Url(context, attachment, "download", Download),
        Headers = new Dictionary<string, string>(),
    };

    /// <summary>Whether the token in the address is valid for this file.</summary>
    /// <exception cref="ApiException">
    /// 403: the session may not be used from this origin, or the conversation now has another contact.
    /// </exception>
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
        // From here on, the audit records a refusal for this session.
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
