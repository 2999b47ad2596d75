using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit;

/// <summary>
/// Distinguishes pages of this app from pages of other sites, so that another site cannot use the cookies of a user.
/// Browsers send the origin of a POST, and pages cannot change it. Other programs send no origin, but they have no cookies
/// of users either.
/// </summary>
internal static partial class ChatOrigin
{
    /// <summary>The schemes that have no origins, or that execute the rest of the text.</summary>
    private static readonly HashSet<string> Refused =
        new(StringComparer.Ordinal) { "about", "blob", "data", "file", "filesystem", "javascript", "vbscript" };

    /// <summary>Whether the request may be answered.</summary>
    public static bool IsAllowed(HttpRequest request, ISet<string> allowed)
    {
        var origin = request.Headers.Origin.ToString();
        if (IsOrigin(origin) && allowed.Contains(origin))
            return true;
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
            return site is "same-origin" or "none";
        // http and https count as equal, because an app behind a proxy that terminates TLS may not know the scheme that
        // browsers use.
        return origin.Length == 0 || (WebAddress(origin) is { } from && Authority(from) == Authority(from.Scheme, request.Host));
    }

    /// <summary>Gets the origin of the calling page, or the origin of this app when there is none.</summary>
    public static string Of(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (WebAddress(origin) is { } from)
            return from.GetLeftPart(UriPartial.Authority);
        return IsOrigin(origin) ? origin : new Uri($"{request.Scheme}://{request.Host.Value}").GetLeftPart(UriPartial.Authority);
    }

    /// <summary>
    /// Whether a text is an origin: a scheme, a host and optionally a port, in lower case. Apps and extensions have origins
    /// too, such as <c>capacitor://localhost</c>. Their schemes have no common rules, so the text is compared as a whole
    /// and never parsed or changed.
    /// </summary>
    public static bool IsOrigin(string text) =>
        Shape().Match(text) is { Success: true } match && !Refused.Contains(match.Groups["scheme"].Value);

    private static Uri? WebAddress(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null;

    private static string Authority(Uri origin) => $"{origin.IdnHost}:{origin.Port}";

    private static string? Authority(string scheme, HostString host) =>
        Uri.TryCreate($"{scheme}://{host.Value}", UriKind.Absolute, out var own) ? Authority(own) : null;

    [GeneratedRegex(@"^(?<scheme>[a-z][a-z0-9+.-]*)://([a-z0-9._-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
