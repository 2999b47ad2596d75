using System.Globalization;
using System.Security.Cryptography;
using ChatBotKit.Server.Data.Entities;
using ChatBotKit.Server.Http;
using Microsoft.AspNetCore.DataProtection;

namespace ChatBotKit.Server.Features.Attachments;

/// <summary>
/// Addresses that let whoever has them send or read one file for a day, without any other credential: an image of a page
/// can't send a header.
/// </summary>
internal sealed class AttachmentLinks(Lazy<IDataProtectionProvider> protection, TimeProvider time)
{
    private const string Upload = "put";
    private const string Download = "get";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly Lazy<IDataProtector> _protector = new(() => protection.Value.CreateProtector("attachment-links"));

    /// <param name="request">The present request, which says under which address the server is reached.</param>
    /// <param name="attachment">A file whose bytes are to come.</param>
    public PresignedRequest ToUpload(HttpRequest request, AttachmentEntity attachment) => new()
    {
        Method = HttpMethods.Put,
        Url = Url(request, attachment, "content", Upload),
        Headers = new Dictionary<string, string> { ["Content-Type"] = attachment.ContentType },
    };

    /// <param name="request">The present request, which says under which address the server is reached.</param>
    /// <param name="attachment">The file.</param>
    public PresignedRequest ToDownload(HttpRequest request, AttachmentEntity attachment) => new()
    {
        Method = HttpMethods.Get,
        Url = Url(request, attachment, "download", Download),
        Headers = new Dictionary<string, string>(),
    };

    public bool AllowsUpload(string? token, string attachmentName) => Allows(token, Upload, attachmentName);

    public bool AllowsDownload(string? token, string attachmentName) => Allows(token, Download, attachmentName);

    private string Url(HttpRequest request, AttachmentEntity attachment, string route, string action)
    {
        var expiresAt = (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds();
        var token = _protector.Value.Protect(string.Create(CultureInfo.InvariantCulture, $"{action} {attachment.Name} {expiresAt}"));
        return $"{request.Scheme}://{request.Host}{request.PathBase}{ApiRoutes.Canonical}"
            + $"/conversation/{attachment.ConversationId}/attachment/{attachment.Name}/{route}?token={token}";
    }

    private bool Allows(string? token, string action, string attachmentName)
    {
        if (string.IsNullOrEmpty(token))
            return false;
        try
        {
            return _protector.Value.Unprotect(token).Split(' ') is [var forAction, var forName, var until]
                && forAction == action
                && forName == attachmentName
                && long.Parse(until, CultureInfo.InvariantCulture) > time.GetUtcNow().ToUnixTimeSeconds();
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
