namespace ChatBotKit.Server.Security;

/// <summary>The origin of a web page, as browsers name it in <c>Origin</c>: scheme, host and port.</summary>
internal static class WebOrigin
{
    /// <summary>
    /// Whether a browser would send exactly this text: lower case, without a path, and without the port that goes without
    /// saying. Only then do comparisons by character do what their author means.
    /// </summary>
    public static bool IsValid(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri.HostNameType is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6
        && !text.AsSpan().ContainsAnyExceptInRange('!', '~')
        && text == uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
