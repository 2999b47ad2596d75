using System.Buffers;
using System.Globalization;

namespace ChatBotKit.Server.Security;

/// <summary>The origin of a web page, or of an app that shows pages, as the header <c>Origin</c> has it: scheme, host and port.</summary>
internal static class WebOrigin
{
    private const string SchemeEnd = "://";

    private static readonly SearchValues<char> SchemeCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789+-.");

    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._");

    /// <summary>Schemes that no page is loaded from, or whose pages send <c>null</c>.</summary>
    private static readonly HashSet<string> Refused =
        ["about", "blob", "data", "file", "filesystem", "ftp", "javascript", "vbscript", "view-source", "ws", "wss"];

    /// <summary>
    /// Whether a browser or an app would send exactly this text: in lower case, without a path and without the scheme's default
    /// port. Origins are compared as text, so a text in any other form would never match.
    /// </summary>
    public static bool IsValid(string text)
    {
        var end = text.IndexOf(SchemeEnd, StringComparison.Ordinal);
        if (end <= 0)
            return false;
        return text[..end] is "http" or "https" ? IsOfTheWeb(text) : IsOfAnApp(text[..end], text.AsSpan(end + SchemeEnd.Length));
    }

    private static bool IsOfTheWeb(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.HostNameType is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6
        && !text.AsSpan().ContainsAnyExceptInRange('!', '~')
        && text == uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>
    /// Whether this is the origin of an app, for example <c>capacitor://localhost</c> or <c>chrome-extension://</c> with the id of
    /// the extension.
    /// </summary>
    private static bool IsOfAnApp(string scheme, ReadOnlySpan<char> authority)
    {
        if (!char.IsAsciiLetterLower(scheme[0]) || scheme.AsSpan().ContainsAnyExcept(SchemeCharacters) || Refused.Contains(scheme))
            return false;
        var colon = authority.IndexOf(':');
        var host = colon < 0 ? authority : authority[..colon];
        return host.Length is > 0 and <= 253
            && char.IsAsciiLetterOrDigit(host[0])
            && !host.ContainsAnyExcept(HostCharacters)
            && (colon < 0 || IsPort(authority[(colon + 1)..]));
    }

    private static bool IsPort(ReadOnlySpan<char> text) =>
        text is not ['0', ..] && ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
