using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Sets the headers of every response. They are set first, so that failures have them too. An endpoint that needs others, for
/// example to allow caching, overrides them.
/// </summary>
internal sealed class AnswerHeaders(RequestDelegate next, ProxyOptions proxies)
{
    /// <summary>
    /// The content security policy. Responses are data: a browser that shows one must not run scripts in it or embed it in a frame.
    /// </summary>
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
        // Only if the operator has configured an HTTPS address, because the header applies to the whole host for a year.
        if (proxies.IsHttps && context.Request.IsHttps)
            headers.StrictTransportSecurity = OneYear;
        return next(context);
    }

    /// <summary>Removes the headers from the pages of a program that hosts this server.</summary>
    public static void LeaveTo(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = default;
        response.Headers.CacheControl = default;
    }
}
