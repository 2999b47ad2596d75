using System.Globalization;
using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.Http;

/// <summary>The address under which callers reach this server, for links that are given to them.</summary>
internal sealed class PublicAddress(ProxyOptions options)
{
    private readonly string? _configured = options.PublicUrl?.AbsoluteUri.TrimEnd('/');

    /// <summary>
    /// The configured address. Without one it is what the request names, which its caller can choose: such a link goes back to
    /// that caller alone.
    /// </summary>
    /// <returns>An address without a slash at its end, for example <c>https://shop.example/bots</c>.</returns>
    public string Of(HttpRequest request) => _configured ?? $"{request.Scheme}://{HostOf(request)}{request.PathBase}";

    /// <summary>HTTP/1.0 requires no host; then the address that was connected to is the best that is known.</summary>
    private static string HostOf(HttpRequest request)
    {
        if (request.Host.HasValue)
            return request.Host.ToUriComponent();
        var connection = request.HttpContext.Connection;
        return connection.LocalIpAddress is { } address
            ? new HostString(address.ToString(), connection.LocalPort).ToUriComponent()
            : string.Create(CultureInfo.InvariantCulture, $"localhost:{connection.LocalPort}");
    }
}
