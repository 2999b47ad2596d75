using System.Net;
using System.Runtime.Versioning;

namespace ChatBotKit;

/// <summary>
/// Creates all HTTP handlers of the SDK, of its registration in hosts, and of the server, which all compile this file.
/// Cookies are not stored and redirects are not followed, so that no data of an account reaches another account or server.
/// Addresses of this machine are called without a proxy.
/// </summary>
internal static class HttpHandlers
{
    // Connections are renewed so that DNS changes take effect.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Gets what this assembly sends as <c>User-Agent</c>: its name and version.</summary>
    public static string Product { get; } = ProductOf(typeof(HttpHandlers).Assembly.GetName());

    /// <summary>Creates a handler that works on every runtime, including browsers.</summary>
    public static HttpMessageHandler Create() => new RouteNotes
    {
        InnerHandler = OperatingSystem.IsBrowser()
            ? new HttpClientHandler { AllowAutoRedirect = false }
            : Configure(new SocketsHttpHandler()),
    };

    /// <summary>Creates an HTTP client without a timeout of its own.</summary>
    /// <param name="handler">The handler.</param>
    public static HttpClient CreateClient(HttpMessageHandler handler)
    {
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd(Product);
        return client;
    }

    /// <summary>Gives a handler the settings that all handlers have.</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>The same handler.</returns>
    [UnsupportedOSPlatform("browser")]
    public static SocketsHttpHandler Configure(SocketsHttpHandler handler)
    {
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.Proxy = LoopbackBypass.OfSystem;
        handler.PooledConnectionLifetime = ConnectionLifetime;
        return handler;
    }

    private static string ProductOf(System.Reflection.AssemblyName name) => $"{name.Name}/{name.Version?.ToString(3) ?? "0"}";
}

/// <summary>A proxy that is bypassed for the addresses of this machine.</summary>
/// <param name="proxy">Returns the proxy of all other addresses. It is called each time, because a program may change the proxy.</param>
internal sealed class LoopbackBypass(Func<IWebProxy> proxy) : IWebProxy
{
    /// <summary>Gets the proxy that the system, the environment or the program has set.</summary>
    [UnsupportedOSPlatform("browser")]
    public static LoopbackBypass OfSystem { get; } = new(static () => HttpClient.DefaultProxy);

    /// <inheritdoc/>
    public ICredentials? Credentials
    {
        get => proxy().Credentials;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : proxy().GetProxy(destination);

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => IsThisMachine(host) || proxy().IsBypassed(host);

    private static bool IsThisMachine(Uri address)
    {
        var name = address.IdnHost.TrimEnd('.');
        if (IPAddress.TryParse(name, out var ip))
            return IPAddress.IsLoopback(ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip);
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>Notes on each request through which proxy it goes, so that a failure can name it, and keeps cookies of browsers out.</summary>
internal sealed class RouteNotes : DelegatingHandler
{
    /// <summary>Gets the name of the note: host and port of the proxy.</summary>
    public static HttpRequestOptionsKey<string> Proxy { get; } = new("ChatBotKit.Proxy");

    private static readonly HttpRequestOptionsKey<IDictionary<string, object?>> FetchOptions = new("WebAssemblyFetchOptions");

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsBrowser())
        {
            if (!request.Options.TryGetValue(FetchOptions, out _))
                request.Options.Set(FetchOptions, new Dictionary<string, object?> { ["credentials"] = "omit" });
        }
        else if (request.RequestUri is { } address && ProxyOf(address) is { } proxy)
        {
            request.Options.Set(Proxy, proxy);
        }

        return base.SendAsync(request, cancellationToken);
    }

    [UnsupportedOSPlatform("browser")]
    private string? ProxyOf(Uri address)
    {
        HttpMessageHandler? handler = this;
        while (handler is DelegatingHandler outer)
            handler = outer.InnerHandler;
        var proxy = handler switch
        {
            SocketsHttpHandler { UseProxy: true } sockets => sockets.Proxy ?? HttpClient.DefaultProxy,
            HttpClientHandler { UseProxy: true } client => client.Proxy ?? HttpClient.DefaultProxy,
            _ => null,
        };
        return proxy is null || proxy.IsBypassed(address) ? null : proxy.GetProxy(address)?.Authority;
    }
}
