using Microsoft.AspNetCore.Http.Features;

namespace ChatBotKit.Server.Http;

internal static class StreamHeaders
{
    /// <summary>
    /// Prepares an answer that grows over time: no cache may keep it, no proxy and no layer of this server may hold it back.
    /// </summary>
    public static void Apply(HttpResponse response, ResponseFormat format)
    {
        response.ContentType = format.ContentType();
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }
}
