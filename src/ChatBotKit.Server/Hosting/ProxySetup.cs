using ChatBotKit.Server.Configuration;
using Microsoft.AspNetCore.HttpOverrides;

namespace ChatBotKit.Server.Hosting;

internal static class ProxySetup
{
    /// <summary>
    /// Restores the original request of the caller, as it was before the proxies: address, scheme, host and path. Only headers of
    /// trusted proxies count, because any caller can send such headers.
    /// </summary>
    public static void UseProxies(this IApplicationBuilder app, ProxyOptions options)
    {
        if (options.TrustedProxies.Count > 0)
            app.UseForwardedHeaders(HeadersOf(options));
        // A proxy may forward the path as it is or remove the prefix. Both reach the same routes.
        if (options.PathBase.HasValue)
            app.UsePathBase(options.PathBase);
    }

    private static ForwardedHeadersOptions HeadersOf(ProxyOptions options)
    {
        var headers = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto
                | ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedPrefix,
            // No limit: every address is used as long as the proxy that added it is trusted.
            ForwardLimit = null,
        };
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        foreach (var network in options.TrustedProxies)
            headers.KnownIPNetworks.Add(network);
        return headers;
    }
}
