using Microsoft.AspNetCore.Http.Features;

namespace ChatBotKit.Server.Http;

/// <summary>
/// The maximum size of a body. The web server accepts more than that: if it stopped reading at once, closing the connection would
/// overtake the 413 response, and the client would only see a broken connection. The excess is discarded for as long as the web
/// server drains bodies, which is five seconds.
/// </summary>
internal static class BodyLimit
{
    /// <summary>The number of bytes of a refused body that are discarded.</summary>
    private const long Drained = 64 * 1024 * 1024;

    /// <summary>Returns the web server's limit for bodies of which the API accepts at most <paramref name="limit"/> bytes.</summary>
    public static long OnTheWire(long limit) => limit > long.MaxValue - Drained ? limit : limit + Drained;

    /// <summary>Returns the limit of this request.</summary>
    public static long Of(HttpContext context) => context.Features.Get<OwnLimit>() is { } own
        ? own.Bytes
        : context.RequestServices.GetRequiredService<BodyOptions>().MaxBodyBytes;

    /// <summary>Sets another limit for this request.</summary>
    public static void Set(HttpContext context, long limit)
    {
        context.Features.Set(new OwnLimit(limit));
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = OnTheWire(limit);
    }

    private sealed record OwnLimit(long Bytes);
}
