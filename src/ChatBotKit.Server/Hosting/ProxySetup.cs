using ChatBotKit.Server.Configuration;
using Microsoft.AspNetCore.HttpOverrides;

namespace ChatBotKit.Server.Hosting;

internal static class ProxySetup
{
    /// <summary>
    /// Makes the request what its caller sent: address, scheme, host and path before the proxies. Only headers of trusted
    /// proxies count, because anybody can write such headers.
    /// </summary>
    public static void UseProxies(this IApplicationBuilder app, ProxyOptions options)
    {
        if (options.TrustedProxies.Count > 0)
            app.UseForwardedHeaders(HeadersOf(options));
        // A proxy may pass the path on as it is, or take the prefix off; both reach the same routes.
        if (options.PathBase.HasValue)
            app.UsePathBase(options.PathBase);
    }

    private static ForwardedHeadersOptions HeadersOf(ProxyOptions options)
    {
        var headers = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto
                | ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedPrefix,
            // As far back as the proxies are trusted.
            ForwardLimit = null,
        };
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        foreach (var network in options.TrustedProxies)
            headers.KnownIPNetworks.Add(network);
        return headers;
    }
}
