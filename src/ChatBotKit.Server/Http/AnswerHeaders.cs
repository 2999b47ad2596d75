using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.Http;

/// <summary>
/// The headers that every answer carries. They are set before anything else runs, so failures have them too; an endpoint
/// that means something else, such as a cache that may keep its answer, sets its own.
/// </summary>
internal sealed class AnswerHeaders(RequestDelegate next, ProxyOptions proxies)
{
    /// <summary>An answer is data: a browser that shows one runs nothing of it and puts it into no frame.</summary>
    private const string NothingAllowed = "default-src 'none'; frame-ancestors 'none'";

    private const string OneYear = "max-age=31536000";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers[ApiHeaders.RequestId] = context.TraceIdentifier;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = NothingAllowed;
        headers.CacheControl = "no-store";
        // Only where the operator says that the address is an HTTPS one: the promise holds for the whole host and for a year.
        if (proxies.IsHttps && context.Request.IsHttps)
            headers.StrictTransportSecurity = OneYear;
        return next(context);
    }

    /// <summary>Leaves the pages of a program that runs this server inside itself to that program.</summary>
    public static void LeaveTo(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = default;
        response.Headers.CacheControl = default;
    }
}
