using System.Net;

namespace ChatBotKit.Server.Configuration;

/// <summary>The settings for a server behind a reverse proxy.</summary>
internal sealed record ProxyOptions
{
    private const string PublicUrlName = "CHATBOTKIT_PUBLIC_URL";
    private const string TrustedProxiesName = "CHATBOTKIT_TRUSTED_PROXIES";

    /// <summary>The address that callers use, without a trailing slash; null to derive it from each request.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>The proxies whose <c>X-Forwarded-…</c> headers are trusted. When it is empty, these headers are ignored.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>The path below which the server is reached, for example <c>/bots</c>; empty for the root.</summary>
    public PathString PathBase => PublicUrl is { AbsolutePath.Length: > 1 } url ? PathString.FromUriComponent(url) : PathString.Empty;

    /// <summary>Whether callers use HTTPS, regardless of the connection between the last proxy and this server.</summary>
    public bool IsHttps => PublicUrl?.Scheme == Uri.UriSchemeHttps;

    /// <exception cref="StartupException">A setting can't be used; the message names it.</exception>
    public static ProxyOptions From(IConfiguration configuration) => new()
    {
        PublicUrl = configuration[PublicUrlName] is { Length: > 0 } url ? ReadUrl(url.Trim()) : null,
        TrustedProxies = [.. (configuration[TrustedProxiesName] ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(ReadNetwork)],
    };

    private static Uri ReadUrl(string text) =>
        Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https"
        && url is { Query: "", Fragment: "", UserInfo: "", Host.Length: > 0 }
        && !text.AsSpan().ContainsAny('?', '#', '@')
            ? url
            : throw new StartupException(
                $"{PublicUrlName} must be the http or https address that callers use, for example https://chat.example or https://shop.example/bots.");

    /// <summary>Parses an address or a network. A single address becomes a network of one address.</summary>
    private static IPNetwork ReadNetwork(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
            return network;
        return IPAddress.TryParse(text, out var address)
            ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : throw new StartupException(
                $"{TrustedProxiesName} must name addresses or networks, separated by commas, for example 127.0.0.1,10.0.0.0/8; \"{text}\" is neither.");
    }
}
