using System.Globalization;
using System.Security.Cryptography;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.DataProtection;

namespace ChatBotKit.Server.Features.Uploads;

/// <summary>
/// Signed addresses that allow their holder to send or read one file for some minutes without another credential, because an image
/// in a page can't send a header. An address that was given to a session ends with the session, and is bound to the session's
/// origins.
/// </summary>
internal sealed class SignedUrls(
    Lazy<IDataProtectionProvider> protection, PublicAddress address, Security.Sessions sessions, SessionContacts contacts,
    SessionOrigins origins, TimeProvider time)
{
    /// <summary>The lifetime of an address. A page needs it only to start a transfer, which is not cut off later.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly Lazy<IDataProtector> _protector = new(() => protection.Value.CreateProtector("attachment-links"));

    /// <summary>Creates the request that sends a file.</summary>
    /// <param name="context">The request whose caller gets the address.</param>
    /// <param name="path">The path below the prefix of the API.</param>
    /// <param name="action">What the address allows.</param>
    /// <param name="subject">The id or name of the file.</param>
    /// <param name="contentType">The media type of the file.</param>
    public PresignedRequest ToUpload(HttpContext context, string path, string action, string subject, string contentType) => new()
    {
        Method = HttpMethods.Put,
        Url = Url(context, path, action, subject),
        Headers = new Dictionary<string, string> { ["Content-Type"] = contentType },
    };

    /// <summary>Creates the request that reads a file.</summary>
    /// <param name="context">The request whose caller gets the address.</param>
    /// <param name="path">The path below the prefix of the API.</param>
    /// <param name="action">What the address allows.</param>
    /// <param name="subject">The id or name of the file.</param>
    public PresignedRequest ToDownload(HttpContext context, string path, string action, string subject) => new()
    {
        Method = HttpMethods.Get,
        Url = Url(context, path, action, subject),
        Headers = new Dictionary<string, string>(),
    };

    /// <summary>Creates a signed address, for a caller that has no request of its own.</summary>
    /// <param name="server">The address of the server, without a slash at the end.</param>
    /// <param name="sessionId">The session with which the address ends; null for none.</param>
    /// <param name="path">The path below the prefix of the API.</param>
    /// <param name="action">What the address allows.</param>
    /// <param name="subject">The id or name of the file.</param>
    public string AddressOf(string server, string? sessionId, string path, string action, string subject)
    {
        var expiresAt = (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds();
        var token = _protector.Value.Protect(string.Create(CultureInfo.InvariantCulture, $"{action} {subject} {expiresAt} {sessionId}"));
        return $"{server}{ApiRoutes.Canonical}{path}?token={token}";
    }

    /// <summary>Returns the subject that the token in an address is for; null when the token does not allow the action now.</summary>
    /// <exception cref="ApiException">
    /// 403: the session may not be used from this origin, or the conversation now has another contact.
    /// </exception>
    public async ValueTask<string?> SubjectOfAsync(HttpContext context, string? token, string action)
    {
        if (Read(token) is not [var forAction, var subject, var until, var sessionId]
            || forAction != action
            || long.Parse(until, CultureInfo.InvariantCulture) <= time.GetUtcNow().ToUnixTimeSeconds())
            return null;
        return sessionId.Length == 0 || await IsGoodAsync(context, sessionId) ? subject : null;
    }

    /// <summary>Creates the error for an address whose token does not allow what the request asks for.</summary>
    public static ApiException NotValid() => ApiException.NotAuthenticated("The address of the upload is not valid any more");

    // A public file needs no caller.
    private string Url(HttpContext context, string path, string action, string subject) =>
        AddressOf(address.Of(context.Request), context.Features.Get<Caller>()?.Session?.Id, path, action, subject);

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
