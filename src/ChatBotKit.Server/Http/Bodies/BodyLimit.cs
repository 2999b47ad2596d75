using Microsoft.AspNetCore.Http.Features;

namespace ChatBotKit.Server.Http;

/// <summary>
/// How large a body may be. The web server takes more than that off the wire: when it stops reading at once, its close of the
/// connection overtakes the 413, and the sender learns only that the connection broke. What is too much is thrown away
/// unread, for as long as the web server drains bodies, which is five seconds.
/// </summary>
internal static class BodyLimit
{
    /// <summary>What is thrown away of a body that is refused.</summary>
    private const long Drained = 64 * 1024 * 1024;

    /// <summary>The limit of the web server for bodies of which the API takes at most <paramref name="limit"/> bytes.</summary>
    public static long OnTheWire(long limit) => limit > long.MaxValue - Drained ? limit : limit + Drained;

    /// <summary>The limit of this request.</summary>
    public static long Of(HttpContext context) => context.Features.Get<OwnLimit>() is { } own
        ? own.Bytes
        : context.RequestServices.GetRequiredService<BodyOptions>().MaxBodyBytes;

    /// <summary>Allows this request another size.</summary>
    public static void Set(HttpContext context, long limit)
    {
        context.Features.Set(new OwnLimit(limit));
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = OnTheWire(limit);
    }

    private sealed record OwnLimit(long Bytes);
}
