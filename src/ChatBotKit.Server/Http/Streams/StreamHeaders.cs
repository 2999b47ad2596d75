using Microsoft.AspNetCore.Http.Features;

namespace ChatBotKit.Server.Http;

internal static class StreamHeaders
{
    /// <summary>Sets the headers of a stream, so that no cache stores it, and neither a proxy nor the server buffers it.</summary>
    public static void Apply(HttpResponse response, ResponseFormat format)
    {
        response.ContentType = format.ContentType();
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }
}
