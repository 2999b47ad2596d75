using System.Globalization;
using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.Http;

/// <summary>The address at which callers reach this server, for links in responses.</summary>
internal sealed class PublicAddress(ProxyOptions options)
{
    private readonly string? _configured = options.PublicUrl?.AbsoluteUri.TrimEnd('/');

    /// <summary>
    /// Returns the configured address. Without one it is the address in the request. That comes from the caller, so such a link
    /// must be returned only to this caller.
    /// </summary>
    /// <returns>The address without a trailing slash, for example <c>https://shop.example/bots</c>.</returns>
    public string Of(HttpRequest request) => _configured ?? $"{request.Scheme}://{HostOf(request)}{request.PathBase}";

    /// <summary>Returns the host of the request. HTTP/1.0 does not require one; then it is the local address of the connection.</summary>
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
