using Microsoft.AspNetCore.Http;

namespace ChatBotKit;

/// <summary>
/// Tells pages of this app from pages of others. Browsers say where a POST comes from and pages cannot change it, so
/// another site cannot have a user's cookies used for it; programs that are no browsers say nothing and have no cookies of others.
/// </summary>
internal static class ChatOrigin
{
    /// <summary>Whether the request may be answered.</summary>
    public static bool IsAllowed(HttpRequest request, ISet<string> allowed)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && allowed.Contains(origin))
            return true;
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
            return site is "same-origin" or "none";
        // The scheme is not compared: behind a proxy that ends TLS the app may not know the one that browsers see.
        return origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && Authority(from) == Authority(from.Scheme, request.Host));
    }

    /// <summary>The origin of the page that asks, else that of this app.</summary>
    public static string Of(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin) && origin.Scheme is "http" or "https"
            ? origin.GetLeftPart(UriPartial.Authority)
            : new Uri($"{request.Scheme}://{request.Host.Value}").GetLeftPart(UriPartial.Authority);

    private static string Authority(Uri origin) => $"{origin.IdnHost}:{origin.Port}";

    private static string? Authority(string scheme, HostString host) =>
        Uri.TryCreate($"{scheme}://{host.Value}", UriKind.Absolute, out var own) ? Authority(own) : null;
}
