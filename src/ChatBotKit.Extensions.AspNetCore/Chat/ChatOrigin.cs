using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit;

/// <summary>
/// Tells pages of this app from pages of others. Browsers say where a POST comes from and pages cannot change it, so
/// another site cannot have a user's cookies used for it; programs that are no browsers say nothing and have no cookies of others.
/// </summary>
internal static partial class ChatOrigin
{
    /// <summary>Schemes in which there are no origins, or which run whatever follows.</summary>
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
        // http and https are not told apart: behind a proxy that ends TLS the app may not know what browsers see.
        return origin.Length == 0 || (WebAddress(origin) is { } from && Authority(from) == Authority(from.Scheme, request.Host));
    }

    /// <summary>The origin of the page that asks, else that of this app.</summary>
    public static string Of(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (WebAddress(origin) is { } from)
            return from.GetLeftPart(UriPartial.Authority);
        return IsOrigin(origin) ? origin : new Uri($"{request.Scheme}://{request.Host.Value}").GetLeftPart(UriPartial.Authority);
    }

    /// <summary>
    /// Whether a text is an origin: a scheme, a host and possibly a port, in lower case. Besides web sites there are apps
    /// and extensions, such as <c>capacitor://localhost</c>. Their schemes have no common rules, so the text is only
    /// looked at and never taken apart or changed.
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
